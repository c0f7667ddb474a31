export interface Shown {
  first: number;
  /** One past the last. */
  last: number;
  /** Pixels of what is left out above and below. */
  before: number;
  after: number;
}

/** Where each row ends, from the top. */
export function endsOf(sizes: readonly number[]): number[] {
  const ends: number[] = [];
  let sum = 0;
  for (const size of sizes) {
    sum += size;
    ends.push(sum);
  }
  return ends;
}

/** The first end past `at`, by halving. */
export function indexAt(ends: readonly number[], at: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Which rows to draw of a list whose rows end at `ends`. */
export function windowOf(ends: readonly number[], top: number, height: number, spare: number): Shown {
  const first = Math.max(0, indexAt(ends, top) - spare);
  const last = Math.min(ends.length, indexAt(ends, top + height) + 1 + spare);
  const total = ends.at(-1) ?? 0;
  return { first, last, before: ends[first - 1] ?? 0, after: total - (ends[last - 1] ?? 0) };
}
