import { useState } from 'react';

/** The value before the last change; the value itself until it has changed once. */
export function usePrevious<T>(value: T): T {
  const [pair, setPair] = useState({ previous: value, latest: value });
  if (pair.latest !== value) setPair({ previous: pair.latest ?? value, latest: value });
  return pair.previous;
}
