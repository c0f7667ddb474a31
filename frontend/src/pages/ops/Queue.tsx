import { memo } from 'react';
import type { Board, RequestView } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { duration } from '../../format/duration';
import { kwh } from '../../format/kwh';
import { text } from '../../i18n/ops';
import { RequestBadge } from '../../ui/Mark';
import { queueGroups } from './queueGroups';
import { lateMs, requestShape } from './requestShape';
import { isSelected, type Selection } from './selection';

const stages: Partial<Record<RequestView['status'], string>> = text.stages;

function dueText(request: RequestView, timeZone: string): string {
  if (request.not_served) return text.notServed;
  const late = lateMs(request);
  if (late > 0) return text.late(duration(late / 1000));
  const due = request.eta?.arrival_p50 ?? request.promise?.arrival_p50;
  return stages[request.status] ?? (due ? clockTime(due, timeZone) : '–');
}

interface RowProps {
  request: RequestView;
  unitName: string | null;
  timeZone: string;
  chosen: boolean;
  onSelect: (id: string) => void;
}

const Row = memo(function Row({ request, unitName, timeZone, chosen, onSelect }: RowProps) {
  const shape = requestShape(request);
  return (
    <button
      type="button"
      className={`queue-row ${shape}${chosen ? ' chosen' : ''}`}
      aria-pressed={chosen}
      onClick={() => {
        onSelect(request.id);
      }}
    >
      <RequestBadge shape={shape} label={text.groups[shape]} />
      <span className="what">
        <b className="clip">{request.place_text}</b>
        <span className="clip">
          {[request.vehicle?.name, kwh(request.energy_kwh, 0), text.by(clockTime(request.promise?.arrival_p90 ?? request.window.latest, timeZone))]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </span>
      <span className="when">
        <b>{dueText(request, timeZone)}</b>
        <span>{unitName ?? (request.not_served ? '' : text.details.noUnit)}</span>
      </span>
    </button>
  );
});

interface Props {
  board: Board;
  selection: Selection;
  onSelect: (id: string) => void;
}

export function Queue({ board, selection, onSelect }: Props) {
  const groups = queueGroups(board.requests);
  const names = new Map(board.units.map((unit) => [unit.id, unit.name]));
  const count = groups.reduce((sum, group) => sum + group.requests.length, 0);
  return (
    <section className="console-queue pane" aria-label={text.queue}>
      <h2 className="pane-head">
        {text.queue} <span>{text.open(count)}</span>
      </h2>
      <div className="pane-body">
        {count === 0 && <p className="pane-empty">{text.queueEmpty}</p>}
        {groups.map((group) => (
          <section key={group.name} aria-label={text.groups[group.name]}>
            <h3 className="queue-head">
              {text.groups[group.name]} <span>{group.requests.length}</span>
            </h3>
            {group.requests.map((request) => (
              <Row
                key={request.id}
                request={request}
                unitName={request.unit ? (names.get(request.unit) ?? null) : null}
                timeZone={board.area.time_zone}
                chosen={isSelected(selection, 'request', request.id)}
                onSelect={onSelect}
              />
            ))}
          </section>
        ))}
      </div>
    </section>
  );
}
