import { useLayoutEffect, useMemo, useState, type RefObject } from 'react';
import { endsOf, windowOf } from './windowOf';

/** Rows drawn beyond what is in view, so that a quick wheel shows no gap. */
const SPARE = 5;

/** Of a long list, what is in view of its scroller; sizes are in pixels, in order, below `above` pixels of head. */
export function useWindow(scroller: RefObject<HTMLElement | null>, sizes: readonly number[], above = 0) {
  const [view, setView] = useState({ top: 0, height: 900 });
  const ends = useMemo(() => endsOf(sizes), [sizes]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let frame = 0;
    const read = () => {
      frame = 0;
      const [top, height] = [element.scrollTop, element.clientHeight];
      setView((before) => (before.top === top && before.height === height ? before : { top, height }));
    };
    const later = () => {
      if (frame === 0) frame = requestAnimationFrame(read);
    };
    read();
    element.addEventListener('scroll', later, { passive: true });
    const observer = new ResizeObserver(later);
    observer.observe(element);
    return () => {
      cancelAnimationFrame(frame);
      element.removeEventListener('scroll', later);
      observer.disconnect();
    };
  }, [scroller]);

  const reveal = (index: number) => {
    const element = scroller.current;
    const end = ends[index];
    if (!element || end === undefined) return;
    const begin = ends[index - 1] ?? 0;
    if (begin < element.scrollTop) element.scrollTo({ top: begin });
    else if (end + above > element.scrollTop + element.clientHeight) element.scrollTo({ top: end + above - element.clientHeight });
  };
  const shown = windowOf(ends, view.top, view.height, SPARE);
  return { ends, reveal, ...shown };
}
