import { decimal } from './decimal';
import { NBSP } from './nbsp';

/** Energy at the outlet: 32.2 kWh. */
export function kwh(value: number, decimals = 1): string {
  return `${decimal(value, decimals)}${NBSP}kWh`;
}
