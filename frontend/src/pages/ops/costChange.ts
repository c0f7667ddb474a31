import { money } from '../../format/money';
import { NBSP } from '../../format/nbsp';

/** A change of cost with its sign: + € 2.40, − € 0.80, € 0.00. */
export function costChange(milli: number, currency: string): string {
  const minor = Math.round(milli / 10);
  return minor > 0 ? `+${NBSP}${money(minor, currency)}` : money(minor, currency);
}
