import { defineCatalogue } from './catalogue';
import { system } from './en/system';

/** The words in force. */
export const text = defineCatalogue(system, async () => (await import('./fr/system')).system);
