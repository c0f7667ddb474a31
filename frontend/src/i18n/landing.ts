import { defineCatalogue } from './catalogue';
import { landing } from './en/landing';

/** The words in force. */
export const text = defineCatalogue(landing, async () => (await import('./fr/landing')).landing);
