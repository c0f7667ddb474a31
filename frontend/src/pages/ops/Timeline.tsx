import { useMemo, useState } from 'react';
import type { Board } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { text } from '../../i18n/ops';
import { useTick } from '../../live/useTick';
import { worldNowMs } from '../../live/worldClock';
import { Segmented } from '../../ui/Segmented';
import { Legend } from './Legend';
import type { Selection } from './selection';
import { TimelineRow } from './TimelineRow';
import { at, scaleOf, ticks, type Span } from './timeScale';
import './timeline.css';

interface Props {
  board: Board;
  selection: Selection;
  onUnit: (id: string) => void;
  onRequest: (id: string) => void;
}

const SECOND_MS = 1000;

/** A row per unit: what it does, and how full its pack is while it does. */
export function Timeline({ board, selection, onUnit, onRequest }: Props) {
  useTick(SECOND_MS);
  const [span, setSpan] = useState<Span>('six');
  const nowMs = worldNowMs();
  const scale = scaleOf(span, nowMs);
  const zone = board.area.time_zone;
  const requests = useMemo(() => new Map(board.requests.map((request) => [request.id, request])), [board.requests]);
  const stops = useMemo(() => new Map(board.routes.map((route) => [route.unit, route.stops])), [board.routes]);
  const units = useMemo(() => [...board.units].sort((a, b) => a.kind.localeCompare(b.kind) * -1 || a.name.localeCompare(b.name)), [board.units]);
  const nowAt = `${String(at(scale, nowMs))}%`;

  return (
    <section className="console-timeline pane" aria-label={text.timelineOf(units.length)}>
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
        <Legend />
      </div>
      <div className="pane-body tl-scroll">
        <div className="tl-axis">
          <span />
          <div className="tl-track">
            {ticks(span, scale).filter((ms) => at(scale, ms) < 96 && Math.abs(at(scale, ms) - at(scale, nowMs)) > 3.4).map((ms) => (
              <span key={ms} className="tick" style={{ left: `${String(at(scale, ms))}%` }}>
                {clockTime(ms, zone)}
              </span>
            ))}
            <b className="now-flag" style={{ left: nowAt }}>
              {clockTime(nowMs, zone)}
            </b>
          </div>
          <span className="end-head">{text.kwhAtEnd}</span>
        </div>
        <div className="tl-rows">
          <div className="tl-grid" aria-hidden="true">
            {ticks(span, scale).map((ms) => (
              <i key={ms} style={{ left: `${String(at(scale, ms))}%` }} />
            ))}
            <i className="now-line" style={{ left: nowAt }} />
          </div>
          {units.map((unit) => (
            <TimelineRow
              key={unit.id}
              unit={unit}
              stops={stops.get(unit.id) ?? []}
              requests={requests}
              scale={scale}
              nowMs={nowMs}
              zone={zone}
              selection={selection}
              onUnit={onUnit}
              onRequest={onRequest}
            />
          ))}
        </div>
      </div>
    </section>
  );
}
