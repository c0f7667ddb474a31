import { decimal } from './decimal';
import { NBSP } from './nbsp';

/** How long a machine took: 3.4 ms, 120 ms, 1.8 s, 12 s. */
export function span(milliseconds: number): string {
  if (milliseconds < 9.95) return `${decimal(milliseconds, 1)}${NBSP}ms`;
  if (milliseconds < 999.5) return `${decimal(milliseconds, 0)}${NBSP}ms`;
  if (milliseconds >= 9950) return `${decimal(milliseconds / 1000, 0)}${NBSP}s`;
  return `${decimal(milliseconds / 1000, 1)}${NBSP}s`;
}
