import { text } from '../../i18n/system';

export interface Bar {
  /** From the ground up: what is ordinary, then what is not. */
  plain: number;
  marked: number;
}

const HEIGHT = 44;

interface Props {
  title: string;
  /** What the picture says, for who does not see it, and below it for who does. */
  told: string;
  bars: readonly (Bar | null)[];
  /** The height of the highest bar, in words. */
  top: string;
  goal?: { at: number; words: string };
}

/** Sixty minutes as bars on one line; a minute without anything is left out. */
export function Strip60({ title, told, bars, top, goal }: Props) {
  const most = Math.max(...bars.map((bar) => (bar ? bar.plain + bar.marked : 0)), 0);
  const scale = most > 0 ? HEIGHT / most : 0;
  return (
    <figure className="strip60">
      <figcaption>
        <b>{title}</b>
        <span>{most > 0 ? top : ''}</span>
      </figcaption>
      <svg viewBox={`0 0 ${String(bars.length)} ${String(HEIGHT)}`} preserveAspectRatio="none" role="img" aria-label={`${title}: ${told}`}>
        {bars.map((bar, minute) => {
          if (!bar) return null;
          const plain = bar.plain * scale;
          const marked = bar.marked * scale;
          return (
            <g key={minute}>
              <rect className="plain" x={minute + 0.12} width={0.76} y={HEIGHT - plain} height={plain} />
              <rect className="marked" x={minute + 0.12} width={0.76} y={HEIGHT - plain - marked} height={marked} />
            </g>
          );
        })}
        {goal && goal.at <= most && <line className="goal" x1={0} x2={bars.length} y1={HEIGHT - goal.at * scale} y2={HEIGHT - goal.at * scale} />}
      </svg>
      <div className="strip60-axis" aria-hidden="true">
        <span>{text.from}</span>
        {goal && <span>{goal.words}</span>}
        <span>{text.until}</span>
      </div>
      <p>{told}</p>
    </figure>
  );
}
