import { defineCatalogue } from './catalogue';
import { ops } from './en/ops';

/** The words in force. */
export const text = defineCatalogue(ops, async () => (await import('./fr/ops')).ops);
