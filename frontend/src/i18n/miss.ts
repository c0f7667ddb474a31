import { decimal } from '../format/decimal';
import { NBSP } from '../format/nbsp';
import { common } from './common';

interface Miss {
  rule: string;
  amount: number;
  measure: string;
}

const written: Record<string, (amount: number) => string> = {
  s: (amount) => `${String(Math.max(1, Math.round(amount / 60)))}${NBSP}min`,
  wh: (amount) => `${decimal(amount / 1000, 1)}${NBSP}kWh`,
  mm: (amount) => `${decimal(amount / 1000, 2)}${NBSP}m`,
  kg: (amount) => `${String(amount)}${NBSP}kg`,
  w: (amount) => `${decimal(amount / 1000, 0)}${NBSP}kW`,
  v: (amount) => `${String(amount)}${NBSP}V`,
};

/** By how much a rule is missed, with its unit; empty when that says nothing. */
export function missAmount(amount: number, measure: string): string {
  return amount > 0 ? (written[measure]?.(amount) ?? '') : '';
}

/** What stands in a unit's way, in the language in force; null for a rule this page does not know. */
export function missSentence({ rule, amount, measure }: Miss): string | null {
  const words = common.misses[rule];
  if (!words) return null;
  const by = missAmount(amount, measure);
  return by ? common.missBy(words, by) : words;
}
