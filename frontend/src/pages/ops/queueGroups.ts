import type { RequestView } from '../../api/opsTypes';
import type { RequestShape } from '../../ui/marks/requestMark';
import { isFinished, requestShape } from './requestShape';

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

const dueMs = (request: RequestView): number =>
  Date.parse(request.eta?.arrival_p50 ?? request.promise?.arrival_p50 ?? request.window.latest);

/** What is open, worst group first, soonest first in each; empty groups are left out. */
export function queueGroups(requests: readonly RequestView[]): QueueGroup[] {
  const open = requests.filter((request) => !isFinished(request)).sort((a, b) => dueMs(a) - dueMs(b));
  return order
    .map((name) => ({
      name,
      requests: open.filter((request) => {
        const shape = requestShape(request);
        return shape !== 'done' && groupOf[shape] === name;
      }),
    }))
    .filter((group) => group.requests.length > 0);
}
