import { useMemo, useRef, useState, type WheelEvent } from 'react';
import type { Board, RouteView, UnitView } from '../../api/opsTypes';
import { axisTime } from '../../format/axisTime';
import { text } from '../../i18n/ops';
import { useTick } from '../../live/useTick';
import { worldNowMs } from '../../live/worldClock';
import { Button } from '../../ui/Button';
import { Segmented } from '../../ui/Segmented';
import type { Action } from './consoleState';
import { Legend } from './Legend';
import { findOption } from './moveRules';
import { isSelected, type Selection } from './selection';
import { TimelineRow } from './TimelineRow';
import { at, push, scaleOf, ticks, type Span } from './timeScale';
import { useCarry } from './useCarry';
import { useReveal } from './useReveal';
import { useWindow } from './useWindow';
import type { Carried } from './useMoving';
import './timeline.css';
import './move.css';

interface Props {
  board: Board;
  units: readonly UnitView[];
  selection: Selection;
  carried: Carried | null;
  dispatch: (action: Action) => void;
}

const SECOND_MS = 1000;
const AXIS_PX = 20;
const ROW_PX = 37;
const OPEN_PX = 63;
const none: RouteView['stops'] = [];

/** A row per unit: what it does, and how full its pack is while it does. */
export function Timeline({ board, units, selection, carried, dispatch }: Props) {
  useTick(SECOND_MS);
  const [span, setSpan] = useState<Span>('six');
  const [offsetMs, setOffsetMs] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const axis = useRef<HTMLDivElement>(null);
  const nowMs = worldNowMs();
  const scale = scaleOf(span, nowMs, offsetMs);
  const zone = board.area.time_zone;
  const requests = useMemo(() => new Map(board.requests.map((request) => [request.id, request])), [board.requests]);
  const routes = useMemo(() => new Map(board.routes.map((route) => [route.unit, route])), [board.routes]);
  const chosenUnit = selection?.kind === 'unit' ? selection.id : null;
  const sizes = useMemo(() => units.map((unit) => (unit.id === chosenUnit ? OPEN_PX : ROW_PX)), [units, chosenUnit]);
  const ids = useMemo(() => units.map((unit) => unit.id), [units]);
  const shown = useWindow(scroller, sizes, AXIS_PX);
  const moving = carried?.moving ?? null;
  const wanted = moving && !moving.dragged ? moving.over : (chosenUnit ?? requests.get(selection?.id ?? '')?.unit ?? null);
  useReveal(shown.reveal, wanted ? ids.indexOf(wanted) : -1);

  const ground = { scroller, axisPx: AXIS_PX, units: ids, ends: shown.ends, scale, track: () => axis.current?.getBoundingClientRect() ?? null };
  const grab = useCarry(ground, dispatch, () => carried?.drop());
  const select = useMemo(
    () => ({
      unit: (id: string) => { dispatch({ type: 'select', selection: { kind: 'unit', id } }); },
      request: (id: string) => { dispatch({ type: 'select', selection: { kind: 'request', id } }); },
      over: (over: string) => { dispatch({ type: 'carry', over }); },
    }),
    [dispatch],
  );
  const onWheel = (event: WheelEvent) => {
    const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
    if (sideways !== 0) setOffsetMs((before) => push(span, before, sideways, axis.current?.clientWidth ?? 1));
  };
  const nowAt = at(scale, nowMs);
  const nowStyle = { left: `${String(nowAt)}%` };
  const marks = ticks(span, scale);

  return (
    <section className={moving ? 'console-timeline pane is-moving' : 'console-timeline pane'} aria-label={text.timelineOf(units.length)}>
      <div className="pane-head">
        <h2>{text.timeline}</h2>
        <Segmented
          dense
          label={text.timeline}
          value={span}
          onChange={setSpan}
          options={[
            { value: 'two', text: text.spans.two },
            { value: 'six', text: text.spans.six },
            { value: 'day', text: text.spans.day },
          ]}
        />
        <div className="tl-push" role="group" aria-label={text.pushTime}>
          <Button size="console" look="second" aria-label={text.earlier} title={text.earlier} onClick={() => { setOffsetMs(push(span, offsetMs, -1, 4)); }}>
            {'‹'}
          </Button>
          <Button size="console" look="second" disabled={offsetMs === 0} onClick={() => { setOffsetMs(0); }}>
            {text.toNow}
          </Button>
          <Button size="console" look="second" aria-label={text.later} title={text.later} onClick={() => { setOffsetMs(push(span, offsetMs, 1, 4)); }}>
            {'›'}
          </Button>
        </div>
        {moving ? <span className="moving-word">{carried?.isAsking ? text.move.asking(units.length) : text.move.movingOne}</span> : <Legend />}
        {moving && <span className="verdict-head">{text.move.ifDropped}<em>{text.move.cost}</em></span>}
      </div>
      <div className="pane-body tl-scroll" ref={scroller} onWheel={onWheel}>
        <div className="tl-axis">
          <span />
          <div className="tl-track" ref={axis}>
            {marks.filter((ms) => at(scale, ms) < 96 && Math.abs(at(scale, ms) - nowAt) > 3.4).map((ms) => (
              <span key={ms} className="tick" style={{ left: `${String(at(scale, ms))}%` }}>
                {axisTime(ms, zone)}
              </span>
            ))}
            <b className="now-flag" style={nowStyle}>
              {axisTime(nowMs, zone)}
            </b>
          </div>
          <span className="end-head">{moving ? '' : text.kwhAtEnd}</span>
        </div>
        <div className="tl-rows">
          <div className="tl-grid" aria-hidden="true">
            {marks.map((ms) => (
              <i key={ms} style={{ left: `${String(at(scale, ms))}%` }} />
            ))}
            <i className="now-line" style={nowStyle} />
          </div>
          {units.length === 0 && <p className="pane-empty">{text.noUnits}</p>}
          <div style={{ height: shown.before }} />
          {units.slice(shown.first, shown.last).map((unit, index) => (
            <TimelineRow
              key={unit.id}
              unit={unit}
              route={routes.get(unit.id) ?? emptyRoute(unit.id)}
              requests={requests}
              place={shown.first + index}
              span={span}
              offsetMs={offsetMs}
              zone={zone}
              currency={board.area.currency}
              chosen={isSelected(selection, 'unit', unit.id)}
              chosenRequest={selection?.kind === 'request' ? selection.id : null}
              moving={moving}
              lifted={carried?.stop ?? null}
              option={moving ? findOption(carried?.preview, unit.id) : null}
              onUnit={select.unit}
              onRequest={select.request}
              onOver={select.over}
              grab={grab}
            />
          ))}
          <div style={{ height: shown.after }} />
        </div>
      </div>
    </section>
  );
}

const idle = new Map<string, RouteView>();

/** A unit that the board has no route of; the same object each time, so that rows rest. */
function emptyRoute(unit: string): RouteView {
  const known = idle.get(unit) ?? { unit, stops: none };
  idle.set(unit, known);
  return known;
}
