const SLOT_MS = 30 * 60_000;
/** Nobody comes sooner than this to a time that was picked. */
const SOONEST_MS = 15 * 60_000;
const SLOTS = 12;

const iso = (ms: number): string => new Date(ms).toISOString().replace('.000Z', 'Z');

/** The half hours to come, as instants. */
export function listSlots(nowMs: number): string[] {
  const first = Math.ceil((nowMs + SOONEST_MS) / SLOT_MS) * SLOT_MS;
  return Array.from({ length: SLOTS }, (_, index) => iso(first + index * SLOT_MS));
}

export const slotEnd = (slot: string): string => iso(Date.parse(slot) + SLOT_MS);
