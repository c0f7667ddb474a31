import { driver } from './en/driver';

/** The words in force. */
export const text = driver;
