import type { KeyboardEvent, PointerEvent } from 'react';
import { useRef } from 'react';
import './energyBar.css';

interface Props {
  /** What the car has and what is asked, 0..1. */
  have: number;
  want: number;
  /** Above this share a car takes energy slowly. */
  slowFrom?: number;
  /** One press of an arrow key, as a share. */
  step?: number;
  label: string;
  valueText: string;
  onWant?: (want: number) => void;
}

const STEP = 0.01;
const PAGE = 5;
const share = (value: number) => `${String(value * 100)}%`;

/** The level and its lines: ink is there, volt is asked for, the hatched tail is slow. */
export function EnergyBar({ have, want, slowFrom = 0.8, step = STEP, label, valueText, onWant }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  const lowest = Math.min(1, have + step);
  const set = (value: number) => onWant?.(Math.min(1, Math.max(lowest, have + Math.round((value - have) / step) * step)));

  const drag = (event: PointerEvent<HTMLDivElement>) => {
    const box = bar.current?.getBoundingClientRect();
    if (box && (event.type === 'pointerdown' || event.buttons > 0)) set((event.clientX - box.left) / box.width);
  };
  const page = step * PAGE;
  const steps: Record<string, number> = { ArrowLeft: -step, ArrowDown: -step, ArrowRight: step, ArrowUp: step, PageDown: -page, PageUp: page, Home: -1, End: 1 };
  const press = (event: KeyboardEvent<HTMLSpanElement>) => {
    const move = steps[event.key];
    if (move === undefined) return;
    event.preventDefault();
    set(want + move);
  };

  return (
    <div
      ref={bar}
      className={onWant ? 'energy-bar' : 'energy-bar still'}
      onPointerDown={(event) => {
        if (!onWant) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        drag(event);
      }}
      onPointerMove={onWant ? drag : undefined}
    >
      <i className="slow" style={{ left: share(Math.max(slowFrom, want)) }} />
      <i className="have" style={{ width: share(have) }} />
      <i className="want" style={{ left: share(have), width: share(Math.max(0, want - have)) }} />
      {onWant && (
        <span
          className="knob"
          style={{ left: share(want) }}
          role="slider"
          tabIndex={0}
          aria-label={label}
          aria-valuemin={Math.round(lowest * 100)}
          aria-valuemax={100}
          aria-valuenow={Math.round(want * 100)}
          aria-valuetext={valueText}
          onKeyDown={press}
        />
      )}
    </div>
  );
}
