export type Fields = Record<string, unknown>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `before` with every item of `changes` put in its place by `key`; new ones at the end. */
export function upsert<T>(before: readonly T[], changes: readonly T[], key: (item: T) => string): T[] {
  if (changes.length === 0) return [...before];
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
