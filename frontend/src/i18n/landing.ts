import { landing } from './en/landing';

/** The words in force. */
export const text = landing;
