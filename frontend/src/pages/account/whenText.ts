import { locale } from '../../i18n/language';

/** A day and a time of the reader's own clock: accounts live by human time. */
export const whenText = (instant: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(instant));
