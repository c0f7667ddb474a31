import type { MoveOption, UnitView } from '../../api/opsTypes';
import { duration } from '../../format/duration';
import { timeRange } from '../../format/timeRange';
import { text } from '../../i18n/ops';
import { Icon } from '../../ui/Icon';
import type { IconName } from '../../ui/icons/shapes';
import { amountOf } from './amountOf';
import { costChange } from './costChange';
import type { Moving } from './consoleState';
import { verdictOf, type Verdict } from './moveRules';

const glyphs: Record<Verdict, IconName> = { fits: 'tick', hurts: 'warning', broken: 'cross', stays: 'back' };

interface Words {
  title: string;
  rest: string;
}

/** A verdict in words: what, and the one fact that says most. */
export function verdictWords(option: MoveOption, verdict: Verdict, zone: string): Words {
  const words = text.move;
  const broken = option.broken[0];
  if (verdict === 'broken') {
    return { title: (broken && words.rules[broken.rule]) ?? broken?.code ?? '', rest: broken ? amountOf(broken) : '' };
  }
  const arrives = option.arrival_p50 && option.arrival_p90 ? words.arrives(timeRange(option.arrival_p50, option.arrival_p90, zone)) : '';
  const first = option.hurt[0];
  if (verdict === 'hurts' && first) {
    return { title: words.hurts(option.hurt.length), rest: words.past(first.place_text, duration(first.late_s)) };
  }
  return { title: verdict === 'stays' ? words.stays : words.fits, rest: arrives };
}

interface Props {
  option: MoveOption | null;
  moving: Moving;
  unit: UnitView;
  zone: string;
  currency: string;
  onOver: (unit: string) => void;
}

/** At the right edge of every row, while a visit is carried: what dropping it here would do. */
export function VerdictCell({ option, moving, unit, zone, currency, onOver }: Props) {
  if (!option) return <div className="verdict asking"><i /></div>;
  const verdict = verdictOf(option, moving.from === unit.id && moving.startMs === null);
  const words = verdictWords(option, verdict, zone);
  return (
    <button
      type="button"
      className={`verdict ${verdict}`}
      aria-pressed={moving.over === unit.id}
      onClick={() => {
        onOver(unit.id);
      }}
    >
      <Icon name={glyphs[verdict]} size={15} />
      <span className="verdict-words">
        <b className="clip">{words.title}</b>
        <span className="clip">{words.rest}</span>
      </span>
      <b className="verdict-cost">{option.cost_milli === null ? '' : costChange(option.cost_milli, currency)}</b>
    </button>
  );
}
