import { useEffect, useState } from 'react';
import { createTurns } from '../../live/turns';
import { worldNowMs } from '../../live/worldClock';
import { stepOf, type Span } from './timeScale';

/** Frames come only while somebody looks. */
const onTurn = createTurns({ everyMs: 1000, nextFrame: (draw) => { requestAnimationFrame(draw); } });

/** World time for one row of many: it goes on by what can be seen at this span, and not in the frame of every other row. */
export function useTurn(place: number, span: Span): number {
  const [nowMs, setNowMs] = useState(worldNowMs);
  useEffect(
    () =>
      onTurn(place, () => {
        const next = worldNowMs();
        setNowMs((before) => (Math.abs(next - before) < stepOf(span) ? before : next));
      }),
    [place, span],
  );
  return nowMs;
}
