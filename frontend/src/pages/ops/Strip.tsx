import type { UnitView } from '../../api/opsTypes';
import { decimal } from '../../format/decimal';
import { text } from '../../i18n/ops';
import type { PackCurve, PackPoint } from './packCurve';
import { at, type TimeScale } from './timeScale';

const WIDTH = 1000;
const HEIGHT = 100;
/** Per cent of the width that a figure needs. */
const ROOM = 2.4;

interface Props {
  curve: PackCurve;
  unit: UnitView;
  scale: TimeScale;
  open: boolean;
}

/** The corners of the plan that have room for a figure. */
function findTurns(curve: PackCurve, scale: TimeScale): PackPoint[] {
  const found: PackPoint[] = [];
  curve.planned.forEach((point, index, all) => {
    const place = at(scale, point.ms);
    const last = found.at(-1);
    const free = !last || place - at(scale, last.ms) > ROOM;
    if (index > 0 && free && place < 98 && point.kwh !== all[index + 1]?.kwh) found.push(point);
  });
  return found;
}

/** Height = pack size: fact is grey, plan is volt, the dashed line is the reserve, the dot the low. */
export function Strip({ curve, unit, scale, open }: Props) {
  const full = unit.usable_kwh || 1;
  const x = (ms: number) => (at(scale, ms) / 100) * WIDTH;
  // An open row leaves room for the figures above its curve.
  const room = open ? 0.66 : 1;
  const y = (kwh: number) => HEIGHT - (Math.min(full, Math.max(0, kwh)) / full) * HEIGHT * room;
  const line = (points: readonly PackPoint[]) => points.map((point) => `${x(point.ms).toFixed(1)} ${y(point.kwh).toFixed(1)}`).join('L');
  const area = (points: readonly PackPoint[]) => {
    const [first, last] = [points[0], points.at(-1)];
    return first && last ? `M${x(first.ms).toFixed(1)} ${String(HEIGHT)}L${line(points)}L${x(last.ms).toFixed(1)} ${String(HEIGHT)}Z` : '';
  };
  const end: PackPoint = { ms: scale.toMs, kwh: curve.atEndKwh };
  const planned = [...curve.planned, end];
  const first = curve.past[0];
  const past = first ? [{ ms: scale.fromMs, kwh: first.kwh }, ...curve.past.filter((point) => point.ms > scale.fromMs)] : [];
  const below = curve.low.kwh < unit.reserve_kwh;
  const lowAt = at(scale, curve.low.ms);
  const turns = open ? findTurns(curve, scale) : [];
  return (
    <div className="strip">
      <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={area(past)} className="pack-past" />
        <path d={area(planned)} className="pack-planned" />
        <path d={`M${line(planned)}`} className="pack-edge" />
        {below && <path d={area(planned)} className="pack-below" style={{ clipPath: `inset(${(y(unit.reserve_kwh)).toFixed(1)}% 0 0 0)` }} />}
        <line x1="0" x2={WIDTH} y1={y(unit.reserve_kwh)} y2={y(unit.reserve_kwh)} className="pack-reserve" />
      </svg>
      {lowAt > 0 && lowAt < 100 && (
        <i className={below ? 'pack-low below' : 'pack-low'} style={{ left: `${String(lowAt)}%`, top: `${String(y(curve.low.kwh))}%` }} />
      )}
      {turns.map((point, index) => (
        <span key={`${String(point.ms)}-${String(index)}`} className="pack-turn" style={{ left: `${String(at(scale, point.ms))}%`, top: `${String(y(point.kwh))}%` }}>
          {decimal(point.kwh, 0)}
        </span>
      ))}
      {open && <span className="pack-word">{`${text.legend.reserve} ${decimal(unit.reserve_kwh, 0)}`}</span>}
    </div>
  );
}
