import { NBSP } from './nbsp';

/** Integer minor units as money: € 34.75, with a true minus. */
export function money(minor: number, currency: string): string {
  const parts = new Intl.NumberFormat('en-GB', { style: 'currency', currency }).formatToParts(Math.abs(minor) / 100);
  const symbol = parts.find((part) => part.type === 'currency')?.value ?? currency;
  const amount = parts
    .filter((part) => part.type !== 'currency' && part.type !== 'literal')
    .map((part) => part.value)
    .join('');
  return `${minor < 0 ? `−${NBSP}` : ''}${symbol}${NBSP}${amount}`;
}
