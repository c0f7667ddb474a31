import { useEffect, useRef } from 'react';
import type { Board, Explanation, RequestView } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { duration } from '../../format/duration';
import { kwh } from '../../format/kwh';
import { timeRange } from '../../format/timeRange';
import { common } from '../../i18n/common';
import { text } from '../../i18n/ops';
import { useExplanation } from '../../data/explanation';
import { problemText } from '../../data/problemText';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { RequestBadge } from '../../ui/Mark';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { amountOf } from './amountOf';
import { factsOf } from './boardIndex';
import type { Action } from './consoleState';
import { costChange } from './costChange';
import { findMovable } from './movable';
import { shareOf } from './moveRules';
import { orderReasons, type Reason } from './orderReasons';
import { WhyChanges } from './WhyChanges';
import { aboutRequest } from './requestWords';

interface Props {
  board: Board;
  request: RequestView;
  dispatch: (action: Action) => void;
}

function ReasonRow({ reason, gapMilli, zone, currency }: { reason: Reason; gapMilli: number | null; zone: string; currency: string }) {
  const words = text.why;
  const share = reason.code && reason.amount !== null ? shareOf(reason.amount, reason.measure ?? '') : null;
  const rules = text.move.rules;
  return (
    <tr className={reason.serves ? 'serves' : reason.code ? '' : 'could'}>
      <th scope="row">
        <Icon name={reason.unit.kind as 'van'} size={17} />
        {reason.unit.name}
      </th>
      <td>
        <b>{reason.serves ? words.serves : reason.code ? ((reason.rule && rules[reason.rule]) ?? common.codes[reason.code] ?? reason.code) : words.could}</b>
        {reason.code && <small>{reason.code}</small>}
      </td>
      <td>{reason.arrival ? words.arrives(clockTime(reason.arrival, zone)) : reason.detail}</td>
      <td className="by">
        {share !== null && <i className="why-bar"><i style={{ width: `${String(Math.max(4, share * 100))}%` }} /></i>}
        <b>{reason.code ? amountOf(reason) : gapMilli !== null ? costChange(gapMilli, currency) : ''}</b>
      </td>
    </tr>
  );
}

function Reasons({ explained, board }: { explained: Explanation; board: Board }) {
  const words = text.why;
  const reasons = orderReasons(explained.units);
  const serving = reasons.find((reason) => reason.serves);
  const base = serving?.extra_milli ?? null;
  return (
    <>
      <h3 className="why-head">
        {words.byUnit} <span>{words.nearest}</span>
      </h3>
      <table className="why-table">
        <thead>
          <tr>
            <th scope="col">{words.columns.unit}</th>
            <th scope="col">{words.columns.rule}</th>
            <th scope="col">{words.columns.found}</th>
            <th scope="col">{words.columns.by}</th>
          </tr>
        </thead>
        <tbody>
          {reasons.map((reason) => (
            <ReasonRow
              key={reason.unit.id}
              reason={reason}
              gapMilli={reason.extra_milli === null || reason.serves ? null : reason.extra_milli - (base ?? 0)}
              zone={board.area.time_zone}
              currency={board.area.currency}
            />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Relaxations({ explained, board, request, dispatch }: Props & { explained: Explanation }) {
  const words = text.why;
  const zone = board.area.time_zone;
  if (explained.relaxations.length === 0) return null;
  return (
    <>
      <h3 className="why-head">
        {words.smaller} <span>{words.proven(board.plan.version)}</span>
      </h3>
      <ol className="relaxations">
        {explained.relaxations.map((item, index) => {
          const unit = board.units.find((one) => one.id === item.unit);
          const title = item.kind === 'later' ? words.later(duration(Math.max(60, item.amount))) : words.less(kwh(item.energy_kwh, 0), kwh(request.energy_kwh, 0));
          return (
            <li key={item.kind} className={index === 0 ? 'first' : ''}>
              <b className="number">{index + 1}</b>
              <span className="grow">
                <b>{title}</b>
                <span className="mute">{words.comes(unit?.name ?? '', timeRange(item.arrival, item.arrival_p90, zone), clockTime(item.ready, zone))}</span>
              </span>
              <b>{costChange(item.cost_milli, board.area.currency)}</b>
              <Button size="console" look={index === 0 ? 'main' : 'second'} onClick={() => { dispatch({ type: 'select', selection: { kind: 'unit', id: item.unit } }); }}>
                {words.showUnit(unit?.name ?? '')}
              </Button>
            </li>
          );
        })}
      </ol>
    </>
  );
}

/** Why a request is served by whom it is, or by nobody: every unit with the first rule in its way. */
export function Why({ board, request, dispatch }: Props) {
  const words = text.why;
  const close = useRef<HTMLButtonElement>(null);
  const asked = useExplanation(request.id, board.plan.version);
  const movable = findMovable(board, request.id);
  const nobody = request.not_served;
  const unit = board.units.find((one) => one.id === request.unit);
  useEffect(() => {
    const before = document.activeElement;
    close.current?.focus();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <aside className="why" aria-label={words.title}>
      <header>
        <RequestBadge shape={factsOf(request).shape} size={26} />
        <div className="grow">
          <h2>{nobody ? words.notServed(request.place_text) : unit ? words.by(unit.name, request.place_text) : words.about(request.place_text)}</h2>
          <p>{aboutRequest(request, board.area.time_zone)}</p>
        </div>
        <button type="button" className="plain-button" ref={close} aria-label={text.close} onClick={() => { dispatch({ type: 'why', request: null }); }}>
          <Icon name="cross" />
        </button>
      </header>
      <div className="why-body" tabIndex={0} role="region" aria-label={words.byUnit}>
        {nobody && <Note look="alert" icon="clock"><b>{common.codes[nobody.code] ?? nobody.code}.</b> {nobody.detail}</Note>}
        {asked.isError && (
          <Note look="alert">
            <p>{problemText(asked.error)}</p>
            <Button size="console" look="second" onClick={() => void asked.refetch()}>{common.tryAgain}</Button>
          </Note>
        )}
        {asked.isPending && <Skeleton lines={8} sentence={words.asking} />}
        {asked.data?.units.length === 0 && <Note>{words.underWay}</Note>}
        {asked.data && asked.data.units.length > 0 && (
          <>
            <Reasons explained={asked.data} board={board} />
            <Relaxations explained={asked.data} board={board} request={request} dispatch={dispatch} />
          </>
        )}
        {asked.data && <WhyChanges changes={asked.data.changes} zone={board.area.time_zone} />}
      </div>
      <footer>
        <span>{words.same(board.plan.version)}</span>
        {movable && (
          <Button size="console" onClick={() => { dispatch({ type: 'lift', stop: movable.stop.id, request: request.id, from: movable.unit, dragged: false }); }}>
            {text.move.move}
          </Button>
        )}
      </footer>
    </aside>
  );
}
