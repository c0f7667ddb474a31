import type { RequestView, StopView } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { text } from '../../i18n/ops';
import { Icon } from '../../ui/Icon';
import { lateMs, requestShape } from './requestShape';
import { stopName } from './stopName';
import { at, stretch, type TimeScale } from './timeScale';

interface StopProps {
  stop: StopView;
  request: RequestView | undefined;
  scale: TimeScale;
  nowMs: number;
  zone: string;
  chosen: boolean;
  onRequest: (id: string) => void;
}

const percentStyle = (place: { left: number; width: number }) => ({ left: `${String(place.left)}%`, width: `${String(place.width)}%` });
const over = ['done', 'failed', 'skipped'];

/** Look of a block: what happens, and whether it has, does or will. */
function lookOf(stop: StopView, request: RequestView | undefined): string {
  const phase = over.includes(stop.state) ? 'past' : stop.state === 'working' ? 'now' : 'planned';
  if (phase !== 'planned' || stop.kind !== 'serve' || !request) return `${stop.kind} ${phase}`;
  const shape = requestShape(request);
  return `${stop.kind} ${shape === 'stranded' ? 'stranded' : shape === 'at_risk' ? 'risk' : 'planned'}`;
}

function labelOf(stop: StopView): string {
  if (stop.kind === 'break') return text.break;
  if (stop.kind === 'recharge') return `+${stop.energy_kwh.toFixed(0)} ${stop.place.name}`;
  return `${stop.energy_kwh.toFixed(0)} ${stop.place.name}`;
}

/** From the planned arrival to the pessimistic one; past the promise it turns red. */
function Whisker({ stop, request, scale }: Pick<StopProps, 'stop' | 'request' | 'scale'>) {
  if (!request?.eta || !request.promise || !['planned', 'dispatched'].includes(stop.state)) return null;
  const place = stretch(scale, Date.parse(stop.start), Date.parse(request.eta.arrival_p90));
  const flag = at(scale, Date.parse(request.promise.arrival_p90));
  return (
    <>
      {place && <i className={lateMs(request) > 0 ? 'whisker late' : 'whisker'} style={percentStyle(place)} />}
      {flag > 0 && flag < 100 && <i className="flag" style={{ left: `${String(flag)}%` }} />}
    </>
  );
}

export function StopBlock({ stop, request, scale, nowMs, zone, chosen, onRequest }: StopProps) {
  const [startMs, endMs] = [Date.parse(stop.start), Date.parse(stop.end)];
  const past = over.includes(stop.state);
  const travel = stop.depart && stretch(scale, Date.parse(stop.depart), Date.parse(stop.arrive));
  const block = stop.kind === 'hold' ? null : stretch(scale, startMs, endMs);
  const progress = stop.state === 'working' ? Math.min(100, Math.max(0, ((nowMs - startMs) / (endMs - startMs)) * 100)) : 0;
  const title = `${stopName(stop)}, ${clockTime(startMs, zone)} – ${clockTime(endMs, zone)}`;
  return (
    <>
      {travel && <i className={past || Date.parse(stop.arrive) < nowMs ? 'travel past' : 'travel'} style={percentStyle(travel)} />}
      {block && (
        <button
          type="button"
          className={`block ${lookOf(stop, request)}${chosen ? ' chosen' : ''}`}
          style={percentStyle(block)}
          title={title}
          tabIndex={stop.request ? 0 : -1}
          onClick={(event) => {
            event.stopPropagation();
            if (stop.request) onRequest(stop.request);
          }}
        >
          {lookOf(stop, request).endsWith('risk') && <Icon name="warning" size={12} />}
          {lookOf(stop, request).endsWith('stranded') && <Icon name="stranded" size={12} />}
          <span>{labelOf(stop)}</span>
          {stop.locked && !past && <Icon name="lock" size={11} />}
          {progress > 0 && <i className="progress" style={{ width: `${String(progress)}%` }} />}
        </button>
      )}
      <Whisker stop={stop} request={request} scale={scale} />
    </>
  );
}
