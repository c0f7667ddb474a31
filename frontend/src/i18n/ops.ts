import { ops } from './en/ops';

/** The words in force. */
export const text = ops;
