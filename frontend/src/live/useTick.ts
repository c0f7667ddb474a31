import { useEffect, useState } from 'react';

/** Draws the caller again every `everyMs`: clocks and countdowns. Still while nobody looks. */
export function useTick(everyMs: number): void {
  const [, setCount] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') setCount((count) => count + 1);
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}
