import type { Board, MoveOption, RequestView } from '../../api/opsTypes';
import { axisTime } from '../../format/axisTime';
import { clockTime } from '../../format/clockTime';
import { decimal } from '../../format/decimal';
import { duration } from '../../format/duration';
import { kwh } from '../../format/kwh';
import { money } from '../../format/money';
import { NBSP } from '../../format/nbsp';
import { text } from '../../i18n/ops';
import { worldNowMs } from '../../live/worldClock';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { amountOf } from './amountOf';
import type { Action } from './consoleState';
import { costChange } from './costChange';
import { bestOther, isStaying, mustBeMeant, stepTime } from './moveRules';
import { aboutRequest } from './requestWords';
import type { Carried } from './useMoving';
import { verdictWords } from './VerdictCell';

interface Props {
  board: Board;
  request: RequestView;
  carried: Carried;
  dispatch: (action: Action) => void;
}

interface Line {
  name: string;
  now: string;
  then: string;
  change: string;
}

const signed = (value: number, unit: string): string => (Math.round(value) === 0 ? '0' : `${value > 0 ? '+' : '−'}${NBSP}${decimal(Math.abs(value), 0)}${unit}`);

function arrivalLine(name: string, now: string | undefined, then: string | null, zone: string): Line | null {
  if (!then) return null;
  const minutes = now ? Math.round((Date.parse(then) - Date.parse(now)) / 60_000) : 0;
  return { name, now: now ? clockTime(now, zone) : '–', then: clockTime(then, zone), change: signed(minutes, `${NBSP}min`) };
}

function linesOf(board: Board, request: RequestView, option: MoveOption): Line[] {
  const words = text.move;
  const zone = board.area.time_zone;
  const { currency } = board.area;
  const packs = option.packs.map((pack): Line => {
    const unit = board.units.find((one) => one.id === pack.unit);
    return { name: words.lowPack(unit?.name ?? ''), now: kwh(pack.before_kwh, 0), then: kwh(pack.after_kwh, 0), change: signed(Math.round(pack.after_kwh) - Math.round(pack.before_kwh), '') };
  });
  const cost = board.plan.cost_milli;
  const more = option.cost_milli ?? 0;
  return [
    arrivalLine(words.p50, request.eta?.arrival_p50, option.arrival_p50, zone),
    arrivalLine(words.p90, request.eta?.arrival_p90, option.arrival_p90, zone),
    ...packs,
    { name: words.planCost, now: money(Math.round(cost / 10), currency), then: money(Math.round((cost + more) / 10), currency), change: costChange(more, currency) },
  ].filter((line) => line !== null);
}

function Compared({ lines }: { lines: readonly Line[] }) {
  const words = text.move;
  return (
    <table className="move-table">
      <thead>
        <tr>
          <th scope="col"><span className="hidden">{words.what}</span></th>
          <th scope="col">{words.now}</th>
          <th scope="col">{words.then}</th>
          <th scope="col">{words.change}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.name}>
            <th scope="row">{line.name}</th>
            <td>{line.now}</td>
            <td>{line.then}</td>
            <td><b>{line.change}</b></td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What it would break, whom it would hurt; or that all is well. */
function Consequence({ carried, option, zone }: { carried: Carried; option: MoveOption; zone: string }) {
  const words = text.move;
  const { preview, moving } = carried;
  if (!option.feasible) {
    return (
      <Note look="alert" icon="cross">
        <b>{words.cannot}</b>
        <ul className="move-list">
          {option.broken.map((broken, index) => (
            <li key={index}>
              {[words.rules[broken.rule] ?? broken.rule, amountOf(broken)].filter(Boolean).join(': ')} <small>{broken.code}</small>
            </li>
          ))}
        </ul>
      </Note>
    );
  }
  const told = preview && preview.told && option.unit !== preview.unit;
  if (option.hurt.length > 0 || told) {
    return (
      <Note look="amber">
        {told && <p>{words.told}</p>}
        {option.hurt.length > 0 && <b>{words.hurts(option.hurt.length)}</b>}
        <ul className="move-list">
          {option.hurt.map((visit) => (
            <li key={visit.request}>
              {words.past(visit.place_text, duration(visit.late_s))}
              {visit.after && ` (${clockTime(visit.after, zone)})`}
            </li>
          ))}
        </ul>
        {moving.meant && <p>{words.again}</p>}
      </Note>
    );
  }
  if (isStaying(moving)) return <Note icon="back">{words.carryOn}</Note>;
  return (
    <Note look="ok">
      <b>{words.fits}.</b> {option.shifted.length > 0 ? words.shifts(option.shifted.length) : words.nobodyElse}
    </Note>
  );
}

function Where({ board, carried, dispatch }: Omit<Props, 'request'>) {
  const words = text.move;
  const { moving, stop, preview } = carried;
  const zone = board.area.time_zone;
  const step = (steps: number) => {
    const from = moving.startMs ?? (stop ? Date.parse(stop.start) : worldNowMs());
    dispatch({ type: 'carry', startMs: stepTime(from, steps, worldNowMs()) });
  };
  const best = preview && bestOther(preview);
  return (
    <div className="move-where">
      <label>
        {words.unit}
        <select value={moving.over} onChange={(event) => { dispatch({ type: 'carry', over: event.target.value }); }}>
          {board.units.map((unit) => (
            <option key={unit.id} value={unit.id}>
              {unit.name}
            </option>
          ))}
        </select>
      </label>
      <div className="move-time" role="group" aria-label={words.notBefore}>
        <span>{words.notBefore}</span>
        <Button size="console" look="second" aria-label={words.sooner} title={words.sooner} onClick={() => { step(-1); }}>{'−'}</Button>
        <b>{moving.startMs ? axisTime(moving.startMs, zone) : words.anyTime}</b>
        <Button size="console" look="second" aria-label={words.later} title={words.later} onClick={() => { step(1); }}>{'+'}</Button>
        {moving.startMs !== null && <Button size="console" look="second" onClick={() => { dispatch({ type: 'carry', startMs: null }); }}>{words.freeTime}</Button>}
      </div>
      {best && best !== moving.over && (
        <Button size="console" look="second" onClick={() => { dispatch({ type: 'carry', over: best }); }}>
          {words.best(board.units.find((unit) => unit.id === best)?.name ?? '')}
        </Button>
      )}
    </div>
  );
}

/** The right pane while a visit is carried: now, then, and what it does to others. Nothing is saved yet. */
export function MovePane({ board, request, carried, dispatch }: Props) {
  const words = text.move;
  const { moving, option, preview } = carried;
  const zone = board.area.time_zone;
  const nameOf = (id: string) => board.units.find((unit) => unit.id === id)?.name ?? '';
  const staying = isStaying(moving);
  const needsMeaning = preview && option ? mustBeMeant(preview, option) : false;
  const said = option ? verdictWords(option, option.feasible ? (option.hurt.length > 0 ? 'hurts' : staying ? 'stays' : 'fits') : 'broken', zone) : null;
  return (
    <section className="console-risks move-pane pane" aria-label={words.title}>
      <div className="pane-head">
        <h2>{words.title}</h2> <span>{words.notSaved}</span>
      </div>
      <div className="pane-body move-body">
        <h3>{request.place_text}</h3>
        <p className="mute">{aboutRequest(request, zone, 0)}</p>
        <p className="move-way"><b>{nameOf(moving.from)}</b> {'→'} <b>{nameOf(moving.over)}</b></p>
        <p className="hidden" aria-live="polite">{said && [nameOf(moving.over), said.title, said.rest].join(', ')}</p>
        <Where board={board} carried={carried} dispatch={dispatch} />
        {carried.problem && <Note look="alert">{carried.changed ? words.changed : carried.problem}</Note>}
        {!option && !carried.problem && <Skeleton lines={4} sentence={words.asking(board.units.length)} />}
        {option && (
          <div className={carried.isAsking ? 'move-facts old' : 'move-facts'}>
            {option.feasible && <Compared lines={linesOf(board, request, option)} />}
            <Consequence carried={carried} option={option} zone={zone} />
          </div>
        )}
        <div className="move-buttons">
          <Button size="console" look={moving.meant ? 'alert' : 'main'} disabled={staying || !option?.feasible || carried.isSaving || carried.isAsking} onClick={carried.drop}>
            {carried.isSaving ? words.saving : moving.meant ? words.anyway : needsMeaning ? words.dropHurting : words.drop}
          </Button>
          <Button size="console" look="second" onClick={() => { dispatch({ type: 'putBack' }); }}>{words.putBack}</Button>
        </div>
        <p className="keys"><kbd>{text.keyNames.enter}</kbd> {words.keys.drop} <kbd>J</kbd><kbd>K</kbd> {words.keys.unit} <kbd>{'←'}</kbd><kbd>{'→'}</kbd> {words.keys.time} <kbd>{text.keyNames.escape}</kbd> {words.keys.back}</p>
      </div>
    </section>
  );
}
