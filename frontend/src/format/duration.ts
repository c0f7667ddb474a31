import { NBSP } from './nbsp';

/** A length of time: 24 min, 1 h 05. */
export function duration(seconds: number): string {
  const minutes = Math.max(0, Math.round(seconds / 60));
  if (minutes < 60) return `${String(minutes)}${NBSP}min`;
  return `${String(Math.floor(minutes / 60))}${NBSP}h${NBSP}${String(minutes % 60).padStart(2, '0')}`;
}
