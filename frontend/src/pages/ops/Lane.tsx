import type { PointerEvent } from 'react';
import type { RequestView, StopView } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { decimal } from '../../format/decimal';
import { text } from '../../i18n/ops';
import { Icon } from '../../ui/Icon';
import { factsOf, timesOf } from './boardIndex';
import { isMovable } from './movable';
import { stopName } from './stopName';
import { at, stretch, type TimeScale } from './timeScale';
import type { Grab } from './useCarry';

interface StopProps {
  stop: StopView;
  unit: string;
  request: RequestView | undefined;
  scale: TimeScale;
  nowMs: number;
  zone: string;
  chosen: boolean;
  lifted: boolean;
  onRequest: (id: string) => void;
  grab: Grab;
}

const percentStyle = (place: { left: number; width: number }) => ({ left: `${String(place.left)}%`, width: `${String(place.width)}%` });
const over = ['done', 'failed', 'skipped'];

/** Look of a block: what happens, and whether it has, does or will. */
function lookOf(stop: StopView, request: RequestView | undefined): string {
  const phase = over.includes(stop.state) ? 'past' : stop.state === 'working' ? 'now' : 'planned';
  if (phase !== 'planned' || stop.kind !== 'serve' || !request) return `${stop.kind} ${phase}`;
  const { shape } = factsOf(request);
  return `${stop.kind} ${shape === 'stranded' ? 'stranded' : shape === 'at_risk' ? 'risk' : 'planned'}`;
}

function labelOf(stop: StopView): string {
  if (stop.kind === 'break') return text.break;
  return `${stop.kind === 'recharge' ? '+' : ''}${decimal(stop.energy_kwh, 0)} ${stop.place.name}`;
}

/** From the planned arrival to the pessimistic one; past the promise it turns red. */
function Whisker({ stop, request, scale }: Pick<StopProps, 'stop' | 'request' | 'scale'>) {
  if (!request?.eta || !['planned', 'dispatched'].includes(stop.state)) return null;
  const place = stretch(scale, timesOf(stop).startMs, Date.parse(request.eta.arrival_p90));
  const flag = at(scale, Date.parse(request.promise.arrival_p90));
  return (
    <>
      {place && <i className={factsOf(request).lateMs > 0 ? 'whisker late' : 'whisker'} style={percentStyle(place)} />}
      {flag > 0 && flag < 100 && <i className="flag" style={{ left: `${String(flag)}%` }} />}
    </>
  );
}

export function StopBlock({ stop, unit, request, scale, nowMs, zone, chosen, lifted, onRequest, grab }: StopProps) {
  const { departMs, arriveMs, startMs, endMs } = timesOf(stop);
  const past = over.includes(stop.state);
  const travel = stretch(scale, departMs, arriveMs);
  const block = stop.kind === 'hold' ? null : stretch(scale, startMs, endMs);
  if (!travel && !block) return null;
  const progress = stop.state === 'working' ? Math.min(100, Math.max(0, ((nowMs - startMs) / (endMs - startMs)) * 100)) : 0;
  const movable = isMovable(stop);
  const look = lookOf(stop, request);
  const words = lifted ? text.move.lifted : labelOf(stop);
  const times = `${clockTime(startMs, zone)} – ${clockTime(endMs, zone)}`;
  const title = `${stopName(stop)}, ${times}`;
  // What is heard begins with what is seen, so that a voice finds it by its words.
  const heard = [...new Set([words, ...(stop.kind === 'serve' && !lifted ? [] : [stopName(stop)]), times])].join(', ');
  return (
    <>
      {travel && <i className={past || arriveMs < nowMs ? 'travel past' : 'travel'} style={percentStyle(travel)} />}
      {block && (
        <button
          type="button"
          className={`block ${look}${chosen ? ' chosen' : ''}${movable ? ' movable' : ''}${lifted ? ' lifted' : ''}`}
          style={percentStyle(block)}
          title={movable ? `${title}. ${text.move.dragIt}` : title}
          aria-label={heard}
          tabIndex={stop.request ? 0 : -1}
          {...(movable ? { onPointerDown: (event: PointerEvent) => { grab(event, stop, unit); } } : {})}
          onClick={(event) => {
            event.stopPropagation();
            if (stop.request) onRequest(stop.request);
          }}
        >
          {look.endsWith('risk') && <Icon name="warning" size={12} />}
          {look.endsWith('stranded') && <Icon name="stranded" size={12} />}
          {stop.locked && !past && stop.state === 'planned' && <Icon name="lock" size={11} />}
          <span>{words}</span>
          {progress > 0 && <i className="progress" style={{ width: `${String(progress)}%` }} />}
        </button>
      )}
      <Whisker stop={stop} request={request} scale={scale} />
    </>
  );
}
