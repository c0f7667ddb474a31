import { decimal } from './decimal';
import { NBSP } from './nbsp';

/** Power: 60 kW. */
export function kw(value: number, decimals = 0): string {
  return `${decimal(value, decimals)}${NBSP}kW`;
}
