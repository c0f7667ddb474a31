import { memo } from 'react';
import type { MoveOption, RequestView, RouteView, StopView, UnitView } from '../../api/opsTypes';
import { ago } from '../../format/ago';
import { decimal } from '../../format/decimal';
import { common } from '../../i18n/common';
import { text } from '../../i18n/ops';
import { UnitBadge } from '../../ui/Mark';
import { curveOf } from './boardIndex';
import type { Moving } from './consoleState';
import { Ghost } from './Ghost';
import { StopBlock } from './Lane';
import { Strip } from './Strip';
import { scaleOf, stretch, type Span, type TimeScale } from './timeScale';
import type { Grab } from './useCarry';
import { useTurn } from './useTurn';
import { VerdictCell } from './VerdictCell';

export interface RowProps {
  unit: UnitView;
  route: RouteView;
  requests: ReadonlyMap<string, RequestView>;
  /** Its place among those in view: they change by turns. */
  place: number;
  span: Span;
  offsetMs: number;
  zone: string;
  currency: string;
  chosen: boolean;
  chosenRequest: string | null;
  moving: Moving | null;
  lifted: StopView | null;
  option: MoveOption | null;
  onUnit: (id: string) => void;
  onRequest: (id: string) => void;
  onOver: (unit: string) => void;
  grab: Grab;
}

function Shift({ unit, scale }: { unit: UnitView; scale: TimeScale }) {
  const place = unit.shift && stretch(scale, Date.parse(unit.shift.start), Date.parse(unit.shift.end));
  return place && <i className="shift" style={{ left: `${String(place.left)}%`, width: `${String(place.width)}%` }} />;
}

function UnitCell({ unit, nowMs, chosen, onUnit }: Pick<RowProps, 'unit' | 'chosen' | 'onUnit'> & { nowMs: number }) {
  return (
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
        <small className={unit.stale ? 'amber-word clip' : 'clip'}>
          {unit.stale && unit.position ? text.staleSince(ago(nowMs - Date.parse(unit.position.at))) : common.states[unit.state]}
        </small>
      </span>
      <span className="tl-kwh">
        <b>{decimal(unit.energy_kwh, 0)}</b>
        <small>{text.ofPack(decimal(unit.usable_kwh, 0))}</small>
      </span>
    </button>
  );
}

/** One unit: what it does, and under it how full its pack is while it does. */
export const TimelineRow = memo(function TimelineRow(props: RowProps) {
  const { unit, route, span, chosen, moving, option } = props;
  const nowMs = useTurn(props.place, span);
  const scale = scaleOf(span, nowMs, props.offsetMs);
  const curve = curveOf(route, unit, nowMs);
  const below = curve.low.kwh < unit.reserve_kwh - 0.5;
  const refused = moving && option && !option.feasible && moving.from !== unit.id;
  const over = moving?.over === unit.id;
  return (
    <div className={['tl-row', chosen ? 'chosen' : '', refused ? 'refused' : '', over ? 'over' : ''].join(' ')}>
      <UnitCell unit={unit} nowMs={nowMs} chosen={chosen} onUnit={moving ? props.onOver : props.onUnit} />
      <div className="tl-track">
        <div className="lane">
          <Shift unit={unit} scale={scale} />
          {route.stops.map((stop) => (
            <StopBlock
              key={stop.id}
              stop={stop}
              unit={unit.id}
              request={stop.request ? props.requests.get(stop.request) : undefined}
              scale={scale}
              nowMs={nowMs}
              zone={props.zone}
              chosen={stop.request !== null && stop.request === props.chosenRequest}
              lifted={moving?.stop === stop.id}
              onRequest={props.onRequest}
              grab={props.grab}
            />
          ))}
          {moving && props.lifted && <Ghost option={option} lifted={props.lifted} over={over} stays={moving.from === unit.id && moving.startMs === null} scale={scale} />}
        </div>
        <Strip curve={curve} unit={unit} scale={scale} open={chosen} />
      </div>
      {moving ? (
        <VerdictCell option={option} moving={moving} unit={unit} zone={props.zone} currency={props.currency} onOver={props.onOver} />
      ) : (
        <div className="tl-end">
          <b>{decimal(curve.atEndKwh, 0)}</b>
          <small className={below ? 'alert-word' : ''}>{text.low(decimal(curve.low.kwh, 0))}</small>
        </div>
      )}
    </div>
  );
});
