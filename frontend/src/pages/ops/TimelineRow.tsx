import type { RequestView, StopView, UnitView } from '../../api/opsTypes';
import { ago } from '../../format/ago';
import { common } from '../../i18n/common';
import { text } from '../../i18n/ops';
import { UnitBadge } from '../../ui/Mark';
import { StopBlock } from './Lane';
import { packCurve } from './packCurve';
import { isSelected, type Selection } from './selection';
import { Strip } from './Strip';
import { stretch, type TimeScale } from './timeScale';

interface Props {
  unit: UnitView;
  stops: readonly StopView[];
  requests: ReadonlyMap<string, RequestView>;
  scale: TimeScale;
  nowMs: number;
  zone: string;
  selection: Selection;
  onUnit: (id: string) => void;
  onRequest: (id: string) => void;
}

function Shift({ unit, scale }: Pick<Props, 'unit' | 'scale'>) {
  const place = unit.shift && stretch(scale, Date.parse(unit.shift.start), Date.parse(unit.shift.end));
  return place && <i className="shift" style={{ left: `${String(place.left)}%`, width: `${String(place.width)}%` }} />;
}

export function TimelineRow({ unit, stops, requests, scale, nowMs, zone, selection, onUnit, onRequest }: Props) {
  const curve = packCurve(stops, nowMs, unit.energy_kwh);
  const chosen = isSelected(selection, 'unit', unit.id);
  const below = curve.low.kwh < unit.reserve_kwh;
  return (
    <div className={chosen ? 'tl-row chosen' : 'tl-row'}>
      <button
        type="button"
        className="tl-unit"
        aria-pressed={chosen}
        onClick={() => {
          onUnit(unit.id);
        }}
      >
        <UnitBadge mark={unit} size={26} />
        <span className="tl-name">
          <span className="clip">
            <b>{unit.name}</b> {unit.crew ?? text.noCrew}
          </span>
          <small className={unit.stale ? 'amber-word' : ''}>
            {unit.stale && unit.position ? text.staleSince(ago(nowMs - Date.parse(unit.position.at))) : common.states[unit.state]}
          </small>
        </span>
        <span className="tl-kwh">
          <b>{unit.energy_kwh.toFixed(0)}</b>
          <small>{text.ofPack(unit.usable_kwh.toFixed(0))}</small>
        </span>
      </button>
      <div className="tl-track">
        <div className="lane">
          <Shift unit={unit} scale={scale} />
          {stops.map((stop) => (
            <StopBlock
              key={stop.id}
              stop={stop}
              request={stop.request ? requests.get(stop.request) : undefined}
              scale={scale}
              nowMs={nowMs}
              zone={zone}
              chosen={isSelected(selection, 'request', stop.request)}
              onRequest={onRequest}
            />
          ))}
        </div>
        <Strip curve={curve} unit={unit} scale={scale} open={chosen} />
      </div>
      <div className="tl-end">
        <b>{curve.atEndKwh.toFixed(0)}</b>
        <small className={below ? 'alert-word' : ''}>{text.low(curve.low.kwh.toFixed(0))}</small>
      </div>
    </div>
  );
}
