import { decimal } from '../../format/decimal';
import { duration } from '../../format/duration';
import { kw } from '../../format/kw';
import { kwh } from '../../format/kwh';
import { NBSP } from '../../format/nbsp';
import { text } from '../../i18n/ops';

interface Missed {
  rule: string | null;
  amount: number | null;
  measure: string | null;
}

/** By how much a rule is missed, as people say it; nothing where there is nothing to measure. */
export function amountOf({ rule, amount, measure }: Missed): string {
  const words = text.move.by;
  if (!amount) return '';
  switch (measure) {
    case 's':
      return (rule === 'shift' || rule === 'break' ? words.over : words.late)(duration(Math.max(60, amount)));
    case 'wh':
      return words.short(kwh(amount / 1000));
    case 'w':
      return words.short(kw(amount / 1000));
    case 'mm':
      return words.tooHigh(`${decimal(amount / 1000, 2)}${NBSP}m`);
    case 'kg':
      return words.tooHeavy(`${decimal(amount, 0)}${NBSP}kg`);
    default:
      return '';
  }
}
