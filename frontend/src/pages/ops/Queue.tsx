import { memo, useMemo, useRef, useState } from 'react';
import type { Board, RequestView } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { duration } from '../../format/duration';
import { kwh } from '../../format/kwh';
import { text } from '../../i18n/ops';
import { RequestBadge } from '../../ui/Mark';
import { factsOf } from './boardIndex';
import { queueGroups, type GroupName, type QueueFilter } from './queueGroups';
import { promisedTime } from './requestWords';
import { isSelected, type Selection } from './selection';
import { useReveal } from './useReveal';
import { useWindow } from './useWindow';

const HEAD_PX = 22;
const ROW_PX = 46;
const filters: QueueFilter[] = ['all', 'stranded', 'at_risk', 'under_way', 'booked', 'flexible'];

function dueText(request: RequestView, timeZone: string): string {
  if (request.not_served) return text.notServed;
  const facts = factsOf(request);
  if (facts.lateMs > 0) return text.late(duration(facts.lateMs / 1000));
  const stages: Partial<Record<RequestView['status'], string>> = text.stages;
  return stages[request.status] ?? clockTime(facts.dueMs, timeZone);
}

interface RowProps {
  request: RequestView;
  unitName: string | null;
  timeZone: string;
  chosen: boolean;
  onSelect: (id: string) => void;
}

const Row = memo(function Row({ request, unitName, timeZone, chosen, onSelect }: RowProps) {
  const { shape } = factsOf(request);
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
        <span className="clip">{[request.vehicle.name, kwh(request.energy_kwh, 0), text.by(promisedTime(request, timeZone))].join(' · ')}</span>
      </span>
      <span className="when">
        <b>{dueText(request, timeZone)}</b>
        <span>{unitName ?? (request.not_served ? '' : text.details.noUnit)}</span>
      </span>
    </button>
  );
});

type Item = { kind: 'head'; name: GroupName; count: number } | { kind: 'row'; request: RequestView };

interface Props {
  board: Board;
  selection: Selection;
  onSelect: (id: string) => void;
}

export function Queue({ board, selection, onSelect }: Props) {
  const [filter, setFilter] = useState<QueueFilter>('all');
  const groups = useMemo(() => queueGroups(board.requests, filter), [board.requests, filter]);
  const items = useMemo(
    () => groups.flatMap((group): Item[] => [{ kind: 'head', name: group.name, count: group.requests.length }, ...group.requests.map((request): Item => ({ kind: 'row', request }))]),
    [groups],
  );
  const sizes = useMemo(() => items.map((item) => (item.kind === 'head' ? HEAD_PX : ROW_PX)), [items]);
  const scroller = useRef<HTMLDivElement>(null);
  const shown = useWindow(scroller, sizes);
  const chosen = selection?.kind === 'request' ? items.findIndex((item) => item.kind === 'row' && item.request.id === selection.id) : -1;
  useReveal(shown.reveal, chosen);
  const names = useMemo(() => new Map(board.units.map((unit) => [unit.id, unit.name])), [board.units]);
  const count = items.length - groups.length;
  return (
    <section className="console-queue pane" aria-label={text.queue}>
      <div className="pane-head">
        <h2>{text.queue}</h2> <span>{text.open(count)}</span>
        <label className="queue-filter">
          <span className="hidden">{text.filter}</span>
          <select value={filter} onChange={(event) => { setFilter(filters.find((one) => one === event.target.value) ?? 'all'); }}>
            {filters.map((one) => (
              <option key={one} value={one}>
                {one === 'all' ? text.allKinds : text.groups[one]}
              </option>
            ))}
          </select>
        </label>
      </div>
      <div className="pane-body" ref={scroller} tabIndex={-1}>
        {count === 0 && <p className="pane-empty">{filter === 'all' ? text.queueEmpty : text.noneOfKind}</p>}
        <div style={{ height: shown.before }} />
        {items.slice(shown.first, shown.last).map((item) =>
          item.kind === 'head' ? (
            <h3 className="queue-head" key={item.name}>
              {text.groups[item.name]} <span>{item.count}</span>
            </h3>
          ) : (
            <Row
              key={item.request.id}
              request={item.request}
              unitName={item.request.unit ? (names.get(item.request.unit) ?? null) : null}
              timeZone={board.area.time_zone}
              chosen={isSelected(selection, 'request', item.request.id)}
              onSelect={onSelect}
            />
          ),
        )}
        <div style={{ height: shown.after }} />
      </div>
    </section>
  );
}
