export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Up to so many changes are looked for one by one; an index over all items costs more. */
export const FEW = 8;

function replaceFew<T>(before: readonly T[], changes: readonly T[], key: (item: T) => string): T[] {
  const after = [...before];
  for (const change of changes) {
    const name = key(change);
    const index = after.findIndex((item) => key(item) === name);
    if (index < 0) after.push(change);
    else after[index] = change;
  }
  return after;
}

/** `before` with every item of `changes` put in its place by `key`; new ones at the end. */
export function upsert<T>(before: T[], changes: readonly T[], key: (item: T) => string): T[] {
  if (changes.length === 0) return before;
  if (changes.length <= FEW) return replaceFew(before, changes, key);
  const byKey = new Map(before.map((item) => [key(item), item]));
  for (const change of changes) byKey.set(key(change), change);
  return [...byKey.values()];
}

/** True when `a` is the later instant; an unknown instant is the earliest. */
export function isLater(a: string | null | undefined, b: string | null | undefined): boolean {
  if (!a) return false;
  if (!b) return true;
  return Date.parse(a) > Date.parse(b);
}
