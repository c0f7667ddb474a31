import { useState } from 'react';
import type { Board, RequestView, UnitView } from '../../api/opsTypes';
import type { UnitState } from '../../api/types';
import { ago } from '../../format/ago';
import { clockTime } from '../../format/clockTime';
import { kw } from '../../format/kw';
import { kwh } from '../../format/kwh';
import { percent } from '../../format/percent';
import { timeRange } from '../../format/timeRange';
import { common } from '../../i18n/common';
import { text } from '../../i18n/ops';
import { worldNowMs } from '../../live/worldClock';
import { Chip, type ChipLook } from '../../ui/Chip';
import { Icon } from '../../ui/Icon';
import { RequestBadge, UnitBadge } from '../../ui/Mark';
import { Button } from '../../ui/Button';
import { ChargerLive } from './ChargerLive';
import type { Action } from './consoleState';
import { LockForm } from './LockForm';
import { findMovable } from './movable';
import { isFinished, requestShape } from './requestShape';
import { stopName } from './stopName';
import type { Selection } from './selection';

const looks: Partial<Record<UnitState, ChipLook>> = {
  travelling: 'route',
  delivering: 'volt',
  recharging: 'planned',
  out_of_service: 'alert',
};

interface PartProps {
  board: Board;
  onSelect: (selection: Selection) => void;
}

interface RequestProps extends PartProps {
  dispatch: (action: Action) => void;
}

function UnitCard({ board, unit, onSelect }: PartProps & { unit: UnitView }) {
  const words = text.details;
  const zone = board.area.time_zone;
  const stops = board.routes.find((route) => route.unit === unit.id)?.stops ?? [];
  const next = stops.filter((stop) => !['done', 'failed', 'skipped'].includes(stop.state)).slice(0, 4);
  const age = unit.position ? ago(worldNowMs() - Date.parse(unit.position.at)) : '–';
  return (
    <>
      <div className="detail-head">
        <UnitBadge mark={unit} size={32} />
        <b className="grow clip">
          {unit.name} · {unit.crew ?? text.noCrew}
        </b>
        <Chip look={unit.stale ? 'plain' : (looks[unit.state] ?? 'plain')}>{common.states[unit.state]}</Chip>
      </div>
      <p className="detail-line">
        {`${common.kinds[unit.kind]}, ${kw(unit.power_kw)} · ${kwh(unit.energy_kwh, 0)} ${text.figures.of(kwh(unit.usable_kwh, 0))}, ${percent(unit.soc)}`}
        {unit.stale && <em className="amber-word"> · {text.staleSince(age)}</em>}
      </p>
      <ChargerLive unit={unit} />
      {next.length === 0 && <p className="detail-line">{words.none}</p>}
      <ul className="detail-stops">
        {next.map((stop) => (
          <li key={stop.id}>
            <button
              type="button"
              disabled={!stop.request}
              onClick={() => {
                if (stop.request) onSelect({ kind: 'request', id: stop.request });
              }}
            >
              <b>{timeRange(stop.start, stop.end, zone)}</b>
              <span className="clip">{stopName(stop)}</span>
              <span className="amount">
                {stop.energy_kwh > 0 ? `${stop.kind === 'recharge' ? '+' : ''}${kwh(stop.energy_kwh, 0)}` : ''}
                {stop.locked && <Icon name="lock" size={13} />}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

/** What can be done about a request: move it, hold it, ask why. */
function Deeds({ board, request, dispatch }: Omit<RequestProps, 'onSelect'> & { request: RequestView }) {
  const movable = findMovable(board, request.id);
  const [isLocking, setLocking] = useState(false);
  return (
    <>
      <div className="deeds">
        {movable && (
          <Button size="console" onClick={() => { dispatch({ type: 'lift', stop: movable.stop.id, request: request.id, from: movable.unit, dragged: false }); }}>
            {text.move.move} <kbd>M</kbd>
          </Button>
        )}
        {movable && (
          <Button size="console" look="second" aria-expanded={isLocking} onClick={() => { setLocking(!isLocking); }}>
            <Icon name="lock" size={13} /> {movable.stop.lock ? text.lock.held : text.lock.hold}
          </Button>
        )}
        {!isFinished(request) && (
          <Button size="console" look="second" onClick={() => { dispatch({ type: 'why', request: request.id }); }}>
            {text.risks.why} <kbd>W</kbd>
          </Button>
        )}
      </div>
      {movable && isLocking && <LockForm key={`${movable.stop.id} ${String(movable.stop.revision)}`} stop={movable.stop} zone={board.area.time_zone} />}
    </>
  );
}

function RequestCard({ board, request, onSelect, dispatch }: RequestProps & { request: RequestView }) {
  const words = text.details;
  const zone = board.area.time_zone;
  const unit = board.units.find((one) => one.id === request.unit);
  const rows: [string, string | null][] = [
    [words.car, `${request.vehicle.name} · ${request.vehicle.plate}`],
    [words.energy, kwh(request.energy_kwh)],
    [words.promise, timeRange(request.promise.arrival_p50, request.promise.arrival_p90, zone)],
    [words.eta, request.eta && timeRange(request.eta.arrival_p50, request.eta.arrival_p90, zone)],
    [words.asked, clockTime(request.created_at, zone)],
  ];
  return (
    <>
      <div className="detail-head">
        <RequestBadge shape={requestShape(request)} size={24} />
        <b className="grow clip">{request.place_text}</b>
        <Chip look={request.status === 'charging' ? 'volt' : request.status === 'en_route' ? 'route' : 'plain'}>{text.statuses[request.status]}</Chip>
      </div>
      {request.not_served && (
        <p className="detail-line alert-word">
          {common.codes[request.not_served.code] ?? request.not_served.code}. {request.not_served.detail}
        </p>
      )}
      <dl className="detail-rows">
        {rows.map(([name, value]) =>
          value ? (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ) : null,
        )}
      </dl>
      <Deeds board={board} request={request} dispatch={dispatch} />
      {unit && (
        <button
          type="button"
          className="detail-unit"
          onClick={() => {
            onSelect({ kind: 'unit', id: unit.id });
          }}
        >
          <UnitBadge mark={unit} size={24} />
          {unit.name} · {unit.crew ?? text.noCrew}
          <span className="mute">{common.states[unit.state]}</span>
        </button>
      )}
    </>
  );
}

/** What is selected, in words. */
export function Detail({ board, selection, onSelect, dispatch }: RequestProps & { selection: Selection }) {
  if (!selection) return null;
  const unit = selection.kind === 'unit' && board.units.find((one) => one.id === selection.id);
  const request = selection.kind === 'request' && board.requests.find((one) => one.id === selection.id);
  if (!unit && !request) return null;
  return (
    <aside className="detail" aria-label={text.chosen}>
      <button
        type="button"
        className="detail-close"
        aria-label={text.close}
        onClick={() => {
          onSelect(null);
        }}
      >
        <Icon name="cross" size={16} />
      </button>
      {unit && <UnitCard board={board} unit={unit} onSelect={onSelect} />}
      {request && <RequestCard key={request.id} board={board} request={request} onSelect={onSelect} dispatch={dispatch} />}
    </aside>
  );
}
