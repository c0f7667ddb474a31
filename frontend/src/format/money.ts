import { language, locale } from '../i18n/language';
import { NBSP } from './nbsp';

/** Integer minor units as money, with a true minus: € 34.75, or 34,75 €. */
export function money(minor: number, currency: string): string {
  const parts = new Intl.NumberFormat(locale(), { style: 'currency', currency }).formatToParts(Math.abs(minor) / 100);
  const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency;
  const amount = parts
    .filter((part) => part.type !== 'currency' && part.type !== 'literal')
    .map((part) => part.value)
    .join('');
  const written = language() === 'fr' ? `${amount}${NBSP}${symbol}` : `${symbol}${NBSP}${amount}`;
  return `${minor < 0 ? `−${NBSP}` : ''}${written}`;
}
