import type { Board, RiskView } from '../../api/opsTypes';
import { useRiskFix } from '../../data/risks';
import { problemCode, problemText } from '../../data/problemText';
import { text } from '../../i18n/ops';
import { useTick } from '../../live/useTick';
import { worldNowMs } from '../../live/worldClock';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import type { IconName } from '../../ui/icons/shapes';
import { Note } from '../../ui/Note';
import type { Action } from './consoleState';
import { findMovable } from './movable';
import { tellFix, tellRisk } from './riskWords';
import './risks.css';

const LOOK_MS = 5000;
/** A dispatcher reads no more than these; the queue has them all. */
const MOST = 30;

const glyphs: Record<RiskView['kind'], IconName> = {
  stranded: 'stranded',
  not_served: 'cross',
  charger_fault: 'bolt',
  access_closed: 'lock',
  predicted_late: 'warning',
  low_soc: 'bolt',
  not_charging: 'plug',
  suspended: 'plug',
  plug_conflict: 'plug',
  stale: 'offline',
  plug_down: 'plug',
  promise_at_risk: 'clock',
};

/** The engine refused: the way out is another, or there is none any more. */
const GONE = ['fix_gone', 'fix_changed', 'no_fix', 'not_found'];

interface ItemProps {
  risk: RiskView;
  board: Board;
  nowMs: number;
  dispatch: (action: Action) => void;
  onMoved: (unit: string, when: string) => void;
}

/** The best proven way out, with its figures, done by one press. */
function WayOut({ risk, board, onMoved }: Omit<ItemProps, 'nowMs' | 'dispatch'>) {
  const take = useRiskFix();
  const { fix } = risk;
  const refused = take.error ? (GONE.includes(problemCode(take.error) ?? '') ? text.risks.gone : problemText(take.error)) : null;
  if (!fix) return refused ? <Note look="amber">{refused}</Note> : null;
  const told = tellFix(fix, board);
  return (
    <div className="risk-fix">
      <p>
        <b>{told.keeps}</b> {told.does}
      </p>
      {fix.told && <p>{text.risks.wasTold}</p>}
      <Button
        size="console"
        disabled={take.isPending}
        onClick={() => {
          take.mutate({ risk: risk.id, fix }, { onSuccess: () => { onMoved(told.unit, told.when); } });
        }}
      >
        {take.isPending ? text.risks.doing : told.button}
      </Button>
      {refused && <Note look="amber">{refused}</Note>}
    </div>
  );
}

function RiskItem({ risk, board, nowMs, dispatch, onMoved }: ItemProps) {
  const told = tellRisk(risk, board, nowMs);
  const { request } = risk;
  const movable = risk.fix ? null : findMovable(board, request);
  const selection = request ? ({ kind: 'request', id: request } as const) : risk.unit ? ({ kind: 'unit', id: risk.unit } as const) : null;
  return (
    <li className={`risk ${risk.kind}`}>
      <Icon name={glyphs[risk.kind]} size={18} />
      <div>
        <b>{told.title}</b>
        <p>{told.cause}</p>
        {told.hurt && <p>{told.hurt}</p>}
        <WayOut risk={risk} board={board} onMoved={onMoved} />
        <div className="risk-buttons">
          {movable && request && (
            <Button size="console" onClick={() => { dispatch({ type: 'lift', stop: movable.stop.id, request, from: movable.unit, dragged: false }); }}>
              {text.risks.fix}
            </Button>
          )}
          {request && (
            <Button size="console" look={movable || risk.fix ? 'second' : 'main'} onClick={() => { dispatch({ type: 'select', selection: { kind: 'request', id: request } }); dispatch({ type: 'why', request }); }}>
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

/** What will go wrong if nobody does anything, as the house knows it: the worst first, each with a way out. */
export function Risks({ board, dispatch, onMoved }: Pick<ItemProps, 'board' | 'dispatch' | 'onMoved'>) {
  // Ages grow by themselves.
  useTick(LOOK_MS);
  const { risks } = board;
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
            <RiskItem key={risk.id} risk={risk} board={board} nowMs={nowMs} dispatch={dispatch} onMoved={onMoved} />
          ))}
        </ul>
      </div>
    </section>
  );
}
