import { decimal } from './decimal';
import { NBSP } from './nbsp';

/** How far: 350 m, 1.2 km. */
export function metres(distance: number): string {
  if (distance < 1000) return `${decimal(Math.round(distance / 10) * 10, 0)}${NBSP}m`;
  return `${decimal(distance / 1000, 1)}${NBSP}km`;
}
