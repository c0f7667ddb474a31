import { defineCatalogue } from './catalogue';
import { roads } from './en/roads';

/** The words in force. */
export const text = defineCatalogue(roads, async () => (await import('./fr/roads')).roads);
