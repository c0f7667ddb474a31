import { NBSP } from './nbsp';

/** Age of a value: 2 s, 4 min, 3 h. */
export function ago(ageMs: number): string {
  const seconds = Math.max(0, Math.round(ageMs / 1000));
  if (seconds < 90) return `${String(seconds)}${NBSP}s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${String(minutes)}${NBSP}min`;
  return `${String(Math.round(minutes / 60))}${NBSP}h`;
}
