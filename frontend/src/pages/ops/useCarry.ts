import { useCallback, useEffect, useRef, type PointerEvent, type RefObject } from 'react';
import type { StopView } from '../../api/opsTypes';
import type { Action } from './consoleState';
import { snap } from './moveRules';
import { indexAt } from './windowOf';
import { msAt, type TimeScale } from './timeScale';

/** A hand that trembles lifts nothing. */
const LIFT_PX = 5;
/** Carried this far sideways, the visit is given a time. */
const TIME_PX = 28;
const EDGE_PX = 28;

interface Ground {
  scroller: RefObject<HTMLElement | null>;
  axisPx: number;
  units: readonly string[];
  ends: readonly number[];
  scale: TimeScale;
  /** Left edge and width of the tracks, on the page. */
  track: () => DOMRect | null;
}

interface Hand {
  stop: StopView;
  unit: string;
  x: number;
  y: number;
  lifted: boolean;
}

export type Grab = (event: PointerEvent, stop: StopView, unit: string) => void;

/** Carries a visit with the pointer: up and down to another unit, sideways to another time. */
export function useCarry(ground: Ground, dispatch: (action: Action) => void, drop: () => void): Grab {
  const hand = useRef<Hand | null>(null);
  const latest = useRef({ ground, drop });
  useEffect(() => {
    latest.current = { ground, drop };
  });

  useEffect(() => {
    const unitAt = (y: number): string | undefined => {
      const { scroller, axisPx, units, ends } = latest.current.ground;
      const element = scroller.current;
      if (!element) return undefined;
      const box = element.getBoundingClientRect();
      if (y < box.top + axisPx + EDGE_PX) element.scrollTop -= 12;
      else if (y > box.bottom - EDGE_PX) element.scrollTop += 12;
      return units[indexAt(ends, y - box.top - axisPx + element.scrollTop)];
    };
    const timeAt = (event: globalThis.PointerEvent, held: Hand): number | null => {
      const moved = event.clientX - held.x;
      const box = latest.current.ground.track();
      if (Math.abs(moved) < TIME_PX || !box) return null;
      const { scale } = latest.current.ground;
      const byHand = msAt(scale, moved / box.width) - scale.fromMs;
      return snap(Date.parse(held.stop.start) + byHand);
    };
    const onMove = (event: globalThis.PointerEvent) => {
      const held = hand.current;
      if (!held) return;
      if (!held.lifted) {
        if (Math.hypot(event.clientX - held.x, event.clientY - held.y) < LIFT_PX || !held.stop.request) return;
        held.lifted = true;
        dispatch({ type: 'lift', stop: held.stop.id, request: held.stop.request, from: held.unit, dragged: true });
      }
      const over = unitAt(event.clientY);
      dispatch({ type: 'carry', startMs: timeAt(event, held), ...(over ? { over } : {}) });
    };
    const onUp = () => {
      const held = hand.current;
      hand.current = null;
      if (!held?.lifted) return;
      dispatch({ type: 'rest' });
      latest.current.drop();
    };
    const onCancel = () => {
      if (hand.current?.lifted) dispatch({ type: 'putBack' });
      hand.current = null;
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') onCancel();
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onCancel);
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onCancel);
      window.removeEventListener('keydown', onKey);
    };
  }, [dispatch]);

  return useCallback<Grab>((event, stop, unit) => {
    if (event.button === 0) hand.current = { stop, unit, x: event.clientX, y: event.clientY, lifted: false };
  }, []);
}
