import { defineCatalogue } from './catalogue';
import { account } from './en/account';

/** The words in force. */
export const text = defineCatalogue(account, async () => (await import('./fr/account')).account);
