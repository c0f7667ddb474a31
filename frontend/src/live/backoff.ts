const FIRST_MS = 500;
const LONGEST_MS = 15_000;

/** How long to wait before try number `attempt` (0 is the first), spread by `spread` in 0..1. */
export function backoffMs(attempt: number, spread: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** attempt);
  return Math.round(full * (0.5 + spread / 2));
}
