import { useMemo } from 'react';
import type { Board } from '../../api/opsTypes';
import { ago } from '../../format/ago';
import { clockTime } from '../../format/clockTime';
import { duration } from '../../format/duration';
import { kwh } from '../../format/kwh';
import { text } from '../../i18n/ops';
import { useTick } from '../../live/useTick';
import { worldNowMs } from '../../live/worldClock';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import type { IconName } from '../../ui/icons/shapes';
import type { Action } from './consoleState';
import { findMovable } from './movable';
import { promisedTime } from './requestWords';
import { listRisks, type Risk } from './risks';

const LOOK_MS = 5000;
/** A dispatcher reads no more than these; the queue has them all. */
const MOST = 30;

const glyphs: Record<Risk['kind'], IconName> = {
  stranded: 'stranded', not_served: 'cross', late: 'warning', below_reserve: 'bolt', silent: 'clock', plug_fault: 'plug',
};

interface Told {
  title: string;
  cause: string;
}

function tell(risk: Risk, board: Board, nowMs: number): Told {
  const words = text.risks;
  const zone = board.area.time_zone;
  switch (risk.kind) {
    case 'stranded':
    case 'not_served': {
      const { request } = risk;
      return { title: words.noUnit(request.place_text), cause: words.wanted(kwh(request.energy_kwh, 0), promisedTime(request, zone)) };
    }
    case 'late': {
      const unit = board.units.find((one) => one.id === risk.request.unit);
      return { title: words.late(risk.request.place_text, duration(risk.lateMs / 1000)), cause: unit ? words.with(unit.name, promisedTime(risk.request, zone)) : '' };
    }
    case 'below_reserve':
      return { title: words.below(risk.unit.name, kwh(risk.kwh, 0)), cause: words.belowAt(clockTime(risk.atMs, zone), kwh(risk.unit.reserve_kwh, 0)) };
    case 'silent':
      return { title: words.silent(risk.unit.name), cause: risk.unit.position ? words.lastSeen(ago(nowMs - Date.parse(risk.unit.position.at))) : '' };
    case 'plug_fault':
      return { title: words.plug(risk.plug, risk.depot), cause: words.plugCause };
  }
}

function RiskItem({ risk, board, nowMs, dispatch }: { risk: Risk; board: Board; nowMs: number; dispatch: (action: Action) => void }) {
  const told = tell(risk, board, nowMs);
  const request = 'request' in risk ? risk.request.id : null;
  const movable = risk.kind === 'late' ? findMovable(board, request) : null;
  const selection = request ? ({ kind: 'request', id: request } as const) : 'unit' in risk ? ({ kind: 'unit', id: risk.unit.id } as const) : null;
  return (
    <li className={`risk ${risk.kind}`}>
      <Icon name={glyphs[risk.kind]} size={18} />
      <div>
        <b>{told.title}</b>
        <p>{told.cause}</p>
        <div className="risk-buttons">
          {movable && request && (
            <Button size="console" onClick={() => { dispatch({ type: 'lift', stop: movable.stop.id, request, from: movable.unit, dragged: false }); }}>
              {text.risks.fix}
            </Button>
          )}
          {request && (
            <Button size="console" look={movable ? 'second' : 'main'} onClick={() => { dispatch({ type: 'select', selection: { kind: 'request', id: request } }); dispatch({ type: 'why', request }); }}>
              {text.risks.why}
            </Button>
          )}
          {selection && (
            <Button size="console" look="second" onClick={() => { dispatch({ type: 'select', selection }); }}>
              {text.risks.show}
            </Button>
          )}
        </div>
      </div>
    </li>
  );
}

/** What will go wrong if nobody does anything: the worst first, each with a way out. */
export function Risks({ board, dispatch }: { board: Board; dispatch: (action: Action) => void }) {
  const tick = useTick(LOOK_MS);
  const risks = useMemo(() => listRisks(board, worldNowMs() + tick * 0), [board, tick]);
  const nowMs = worldNowMs();
  return (
    <section className="console-risks pane" aria-label={text.risks.title}>
      <div className="pane-head">
        <h2>{text.risks.title}</h2> <span>{text.risks.count(risks.length)}</span>
      </div>
      <div className="pane-body" tabIndex={-1}>
        {risks.length === 0 && (
          <div className="pane-empty calm">
            <Icon name="tick" size={18} />
            <p>{text.risks.none}</p>
          </div>
        )}
        <ul className="risk-list">
          {risks.slice(0, MOST).map((risk) => (
            <RiskItem key={risk.id} risk={risk} board={board} nowMs={nowMs} dispatch={dispatch} />
          ))}
        </ul>
      </div>
    </section>
  );
}
