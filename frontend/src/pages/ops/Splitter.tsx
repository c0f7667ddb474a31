import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { bounded, limitsOf, type Panes } from './panes';

interface Props {
  pane: keyof Panes;
  size: number;
  label: string;
  /** Which way the pane grows. */
  grows: 'right' | 'left' | 'up';
  onSize: (pane: keyof Panes, pixels: number) => void;
}

const STEP_PX = 24;

/** The line between two panes: dragged, or moved by arrow keys. */
export function Splitter({ pane, size, label, grows, onSize }: Props) {
  const held = useRef<{ at: number; size: number } | null>(null);
  const isUp = grows === 'up';
  const sign = grows === 'right' ? 1 : -1;
  const placeOf = (event: PointerEvent) => (isUp ? event.clientY : event.clientX);
  const onKey = (event: KeyboardEvent) => {
    const more = isUp ? 'ArrowUp' : grows === 'right' ? 'ArrowRight' : 'ArrowLeft';
    const less = isUp ? 'ArrowDown' : grows === 'right' ? 'ArrowLeft' : 'ArrowRight';
    if (event.key !== more && event.key !== less) return;
    event.preventDefault();
    event.stopPropagation();
    onSize(pane, bounded(pane, size + (event.key === more ? STEP_PX : -STEP_PX)));
  };
  const [least, most] = limitsOf(pane);
  return (
    <div
      className={`splitter of-${pane}`}
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={isUp ? 'horizontal' : 'vertical'}
      aria-valuenow={size}
      aria-valuemin={least}
      aria-valuemax={most}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        held.current = { at: placeOf(event), size };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (held.current) onSize(pane, bounded(pane, held.current.size + sign * (placeOf(event) - held.current.at)));
      }}
      onPointerUp={() => {
        held.current = null;
      }}
    />
  );
}
