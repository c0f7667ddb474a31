import { crew } from './en/crew';

/** The words in force. */
export const text = crew;
