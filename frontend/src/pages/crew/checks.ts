import { useState } from 'react';

/** What must be true before energy flows, in the order it is done. */
export const CHECKS = ['plate', 'secured', 'cable', 'isolation', 'meter', 'clear'] as const;
export type Check = (typeof CHECKS)[number];

/** When each was done, in world time, and the meter that was read. */
export interface Checked {
  done: Partial<Record<Check, string>>;
  meter: string;
  /** The plate that was read (or the PIN that was said), at a car whose plate nobody knows. */
  read?: string;
}

const none: Checked = { done: {}, meter: '' };
const keyOf = (stop: string): string => `voltrun-checks-${stop}`;

export const stepsLeft = (checked: Checked): number => CHECKS.filter((check) => !checked.done[check]).length;
export const nextCheck = (checked: Checked): Check | null => CHECKS.find((check) => !checked.done[check]) ?? null;

/** Said with the start, so that it can be read later who looked at what, and when. */
export const checksNote = (checked: Checked): string => CHECKS.map((check) => `${check} ${checked.done[check] ?? '-'}`).join('; ');

function isChecked(value: unknown): value is Checked {
  return typeof value === 'object' && value !== null && 'done' in value && typeof value.done === 'object' && 'meter' in value && typeof value.meter === 'string';
}

export function findChecked(stop: string): Checked {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(stop)) ?? 'null');
    return isChecked(kept) ? kept : none;
  } catch {
    return none;
  }
}

function keep(stop: string, checked: Checked): void {
  try {
    localStorage.setItem(keyOf(stop), JSON.stringify(checked));
  } catch {
    // storage refused: the steps last as long as the page
  }
}

export function forgetChecked(stop: string): void {
  try {
    localStorage.removeItem(keyOf(stop));
  } catch {
    // nothing was kept
  }
}

/** The steps done at a stop; a reload in a garage loses none of them. */
export function useChecked(stop: string): [Checked, (next: Checked) => void] {
  const [checked, setChecked] = useState(() => findChecked(stop));
  return [
    checked,
    (next) => {
      keep(stop, next);
      setChecked(next);
    },
  ];
}

/** Which car it is, as the house wants it confirmed: the plate, or a PIN of figures alone. */
export function confirmed(plate: string, checked: Checked): { plate?: string; pin?: string } {
  if (plate) return { plate };
  const read = (checked.read ?? '').trim();
  return /^\d{4}$/.test(read) ? { pin: read } : { plate: read };
}
