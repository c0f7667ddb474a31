import { useEffect, useRef } from 'react';

/** Brings a row into view when another one is wanted, not whenever the list changes. */
export function useReveal(reveal: (index: number) => void, index: number): void {
  const latest = useRef(reveal);
  useEffect(() => {
    latest.current = reveal;
  });
  useEffect(() => {
    if (index >= 0) latest.current(index);
  }, [index]);
}
