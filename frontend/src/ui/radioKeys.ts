import type { KeyboardEvent } from 'react';

const steps: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

/** Arrow keys go from choice to choice of a radio group and choose it, as readers expect. */
export function radioKeys(event: KeyboardEvent<HTMLElement>): void {
  const step = steps[event.key];
  if (step === undefined) return;
  const radios = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=radio]')];
  const at = radios.findIndex((radio) => radio === document.activeElement);
  const next = radios[(at + step + radios.length) % radios.length];
  if (!next || at < 0) return;
  event.preventDefault();
  next.focus();
  next.click();
}

/** One choice of a group takes part in the tab order: the chosen one, else the first. */
export function radioTab(index: number, chosen: number): 0 | -1 {
  return index === Math.max(0, chosen) ? 0 : -1;
}
