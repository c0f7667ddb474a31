/** Stands between a number and its unit. */
export const NBSP = '\u00a0';
