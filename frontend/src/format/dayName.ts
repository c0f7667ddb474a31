import { locale } from '../i18n/language';

/** An instant's day as the area's calendar has it: Saturday 21 November. */
export function dayName(instant: string | number, timeZone: string): string {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant);
  return new Intl.DateTimeFormat(locale(), { timeZone, weekday: 'long', day: 'numeric', month: 'long' })
    .format(ms)
    .replace(',', '');
}
