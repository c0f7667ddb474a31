import { defineCatalogue } from './catalogue';
import { driver } from './en/driver';

/** The words in force. */
export const text = defineCatalogue(driver, async () => (await import('./fr/driver')).driver);
