import { defineCatalogue } from './catalogue';
import { common as english } from './en/common';

/** The words in force. */
export const common = defineCatalogue(english, async () => (await import('./fr/common')).common);
