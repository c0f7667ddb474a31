import { useEffect, useRef } from 'react';
import type { Action } from './consoleState';
import { shortcut, type Desk } from './shortcuts';

const isTyping = (target: EventTarget | null): boolean => target instanceof HTMLElement && target.closest('input, textarea, select') !== null;

/** A button of the pane that shows the move answers to Enter itself. */
const answersItself = (event: KeyboardEvent): boolean =>
  event.target instanceof HTMLElement && ['Enter', ' '].includes(event.key) && event.target.closest('.move-pane, .why, dialog, .top-bar') !== null;

export function useShortcuts(desk: Desk | null, dispatch: (action: Action) => void): void {
  const latest = useRef(desk);
  useEffect(() => {
    latest.current = desk;
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!latest.current || answersItself(event)) return;
      if (isTyping(event.target) && event.key !== 'Escape') return;
      const act = shortcut(event, latest.current);
      if (!act) return;
      event.preventDefault();
      if (typeof act === 'function') act();
      else dispatch(act);
    };
    window.addEventListener('keydown', onKey);
    return () => {
      window.removeEventListener('keydown', onKey);
    };
  }, [dispatch]);
}
