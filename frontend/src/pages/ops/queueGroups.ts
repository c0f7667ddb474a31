import type { RequestView } from '../../api/opsTypes';
import type { RequestShape } from '../../ui/marks/requestMark';
import { factsOf } from './boardIndex';

export type GroupName = 'stranded' | 'at_risk' | 'booked' | 'flexible';

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

const order: GroupName[] = ['stranded', 'at_risk', 'booked', 'flexible'];

/** What the queue is narrowed to: one group, or all. */
export type QueueFilter = GroupName | 'all';

/** What is open, worst group first, soonest first in each; empty groups are left out. */
export function queueGroups(requests: readonly RequestView[], filter: QueueFilter = 'all'): QueueGroup[] {
  const groups = new Map<GroupName, RequestView[]>(order.map((name) => [name, []]));
  for (const request of requests) {
    const { shape } = factsOf(request);
    if (shape !== 'done') groups.get(groupOf[shape])?.push(request);
  }
  return order
    .map((name) => ({ name, requests: (groups.get(name) ?? []).sort((a, b) => factsOf(a).dueMs - factsOf(b).dueMs) }))
    .filter((group) => group.requests.length > 0 && (filter === 'all' || filter === group.name));
}
