import { defineCatalogue } from './catalogue';
import { crew } from './en/crew';

/** The words in force. */
export const text = defineCatalogue(crew, async () => (await import('./fr/crew')).crew);
