/** Sizes of the panes in pixels; the map takes what is left. */
export interface Panes {
  queue: number;
  risks: number;
  timeline: number;
}

export const standard = (height: number): Panes => ({ queue: 296, risks: 300, timeline: Math.round(Math.min(560, height * 0.46)) });

const bounds: Record<keyof Panes, [least: number, most: number]> = { queue: [220, 460], risks: [240, 460], timeline: [150, 760] };
const KEY = 'voltrun-console-panes';

export const bounded = (pane: keyof Panes, pixels: number): number => Math.round(Math.min(bounds[pane][1], Math.max(bounds[pane][0], pixels)));
export const limitsOf = (pane: keyof Panes): [number, number] => bounds[pane];

/** What was kept, where it still makes sense. */
export function readPanes(stored: string | null, height: number): Panes {
  const panes = standard(height);
  let kept: unknown = null;
  try {
    kept = stored ? JSON.parse(stored) : null;
  } catch {
    // not ours
  }
  if (typeof kept !== 'object' || kept === null) return panes;
  for (const pane of ['queue', 'risks', 'timeline'] as const) {
    const value: unknown = Reflect.get(kept, pane);
    if (typeof value === 'number' && Number.isFinite(value)) panes[pane] = bounded(pane, value);
  }
  return panes;
}

export function loadPanes(): Panes {
  try {
    return readPanes(localStorage.getItem(KEY), window.innerHeight);
  } catch {
    return standard(window.innerHeight); // storage refused
  }
}

export function keepPanes(panes: Panes): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(panes));
  } catch {
    // as above
  }
}
