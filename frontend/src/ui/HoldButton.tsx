import { useEffect, useRef, useState, type ReactNode } from 'react';
import './holdButton.css';

interface Props {
  onHeld: () => void;
  children: ReactNode;
}

const HOLD_MS = 600;

/** A button that must be held, so that a glove cannot do it by mistake; readers, who cannot hold, simply press it. */
export function HoldButton({ onHeld, children }: Props) {
  const [held, setHeld] = useState(false);
  const timer = useRef(0);
  const drop = () => {
    clearTimeout(timer.current);
    timer.current = 0;
    setHeld(false);
  };
  const hold = () => {
    if (timer.current) return;
    setHeld(true);
    timer.current = window.setTimeout(() => {
      drop();
      if ('vibrate' in navigator) navigator.vibrate(60);
      onHeld();
    }, HOLD_MS);
  };
  useEffect(() => () => { clearTimeout(timer.current); }, []);
  return (
    <button
      type="button"
      className={held ? 'button alert crew hold held' : 'button alert crew hold'}
      onPointerDown={hold}
      onPointerUp={drop}
      onPointerLeave={drop}
      onKeyDown={(event) => {
        if (event.key === ' ' || event.key === 'Enter') {
          event.preventDefault();
          hold();
        }
      }}
      onKeyUp={drop}
      onBlur={drop}
      onClick={(event) => {
        // Only assistive technology clicks without a pointer: a hand's click has been counted by its hold.
        if (event.detail === 0 && !(event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType)) onHeld();
      }}
    >
      {children}
    </button>
  );
}
