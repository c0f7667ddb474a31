import type { ReactNode } from 'react';
import './level.css';

interface Props {
  /** Shares of the battery, 0..1. */
  soc: number;
  start: number;
  target: number;
  figure: ReactNode;
  startText: string;
  targetText: string;
  children: ReactNode;
}

/** Above this the figure would leave the screen: it moves into the charge. */
const FIGURE_ABOVE_UP_TO = 0.52;

/** What a page lays over the top of the battery is none of it. */
const height = (share: number) => `calc((100% - var(--level-cap, 28px)) * ${String(Math.min(1, Math.max(0, share)))})`;

/** Words stand below their line; nearer than this to the charge or to the start, they would run into it. */
const ROOM = 0.1;
/** The edge of the battery's bottom keeps the words of a nearly empty one in sight. */
const WORDS = '24px';

/** The top of the screen is the battery: volt rises with the charge, dashed line is the target. */
export function Level({ soc, start, target, figure, startText, targetText, children }: Props) {
  const figureInside = soc > FIGURE_ABOVE_UP_TO;
  const line = ['level-line target', target - Math.max(soc, start) < ROOM && 'crowded', soc >= target && 'passed'];
  return (
    <div className="level">
      <div className="level-fill" style={{ height: height(soc) }} />
      <div className={line.filter(Boolean).join(' ')} style={{ top: `calc(100% - ${height(target)})` }}>
        <span>{targetText}</span>
      </div>
      <div className="level-line" style={{ top: `min(100% - ${WORDS}, 100% - ${height(start)})` }}>
        <span>{startText}</span>
      </div>
      {!figureInside && (
        <div className="level-figure above" style={{ bottom: height(soc) }}>
          {figure}
        </div>
      )}
      <div className="level-under" style={{ top: `calc(100% - ${height(soc)})` }}>
        {figureInside && <div className="level-figure">{figure}</div>}
        {children}
      </div>
    </div>
  );
}
