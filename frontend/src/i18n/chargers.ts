import { defineCatalogue } from './catalogue';
import { chargers } from './en/chargers';

/** The words in force. */
export const text = defineCatalogue(chargers, async () => (await import('./fr/chargers')).chargers);
