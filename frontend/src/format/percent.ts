import { NBSP } from './nbsp';

/** A share of one: 80 %. */
export function percent(share: number): string {
  return `${String(Math.round(share * 100))}${NBSP}%`;
}
