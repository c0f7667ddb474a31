import type { RequestView } from '../../api/opsTypes';
import type { RequestShape } from '../../ui/marks/requestMark';
import { factsOf } from './boardIndex';

export type GroupName = 'stranded' | 'at_risk' | 'under_way' | 'booked' | 'flexible';

export interface QueueGroup {
  name: GroupName;
  requests: RequestView[];
}

const groupOf: Record<Exclude<RequestShape, 'done'>, GroupName> = {
  stranded: 'stranded',
  not_served: 'at_risk',
  at_risk: 'at_risk',
  booked: 'booked',
  flexible: 'flexible',
};

const order: GroupName[] = ['stranded', 'at_risk', 'under_way', 'booked', 'flexible'];
const underWay = ['en_route', 'on_site', 'charging'];

/** Where a request stands in the queue; null once it is done. Whoever is in trouble stays there, under way or not. */
function groupOfRequest(request: RequestView): GroupName | null {
  const { shape } = factsOf(request);
  if (shape === 'done') return null;
  const group = groupOf[shape];
  return (group === 'booked' || group === 'flexible') && underWay.includes(request.status) ? 'under_way' : group;
}

/** What the queue is narrowed to: one group, or all. */
export type QueueFilter = GroupName | 'all';

/** What is open, worst group first, soonest first in each; empty groups are left out. */
export function queueGroups(requests: readonly RequestView[], filter: QueueFilter = 'all'): QueueGroup[] {
  const groups = new Map<GroupName, RequestView[]>(order.map((name) => [name, []]));
  for (const request of requests) {
    const name = groupOfRequest(request);
    if (name) groups.get(name)?.push(request);
  }
  return order
    .map((name) => ({ name, requests: (groups.get(name) ?? []).sort((a, b) => factsOf(a).dueMs - factsOf(b).dueMs) }))
    .filter((group) => group.requests.length > 0 && (filter === 'all' || filter === group.name));
}
