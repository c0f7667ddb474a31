import { language } from '../i18n/language';
import { axisTime } from './axisTime';
import { NBSP } from './nbsp';

/** An instant as the area's clocks show it, as the language writes it: 14:37, or 14 h 37. */
export function clockTime(instant: string | number, timeZone: string): string {
  const figures = axisTime(instant, timeZone);
  return language() === 'fr' ? figures.replace(':', `${NBSP}h${NBSP}`) : figures;
}
