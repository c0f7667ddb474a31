import type { Board, RequestView, UnitView } from '../../api/opsTypes';
import { curveOf, factsOf } from './boardIndex';

/** Something that will go wrong if nobody does anything. */
export type Risk =
  | { kind: 'stranded' | 'not_served'; id: string; request: RequestView }
  | { kind: 'late'; id: string; request: RequestView; lateMs: number }
  | { kind: 'below_reserve'; id: string; unit: UnitView; atMs: number; kwh: number }
  | { kind: 'silent'; id: string; unit: UnitView }
  | { kind: 'plug_fault'; id: string; depot: string; plug: string };

const order: Risk['kind'][] = ['stranded', 'not_served', 'late', 'below_reserve', 'silent', 'plug_fault'];

/** Less than this under the reserve is rounding. */
const MEANT_KWH = 0.5;

const size = (risk: Risk): number => (risk.kind === 'late' ? risk.lateMs : risk.kind === 'below_reserve' ? risk.kwh : 0);

function ofRequest(request: RequestView): Risk[] {
  const { shape, lateMs } = factsOf(request);
  if (shape === 'done') return [];
  if (request.not_served) return [{ kind: 'not_served', id: `r${request.id}`, request }];
  if (shape === 'stranded' && !request.unit) return [{ kind: 'stranded', id: `r${request.id}`, request }];
  return lateMs > 0 ? [{ kind: 'late', id: `r${request.id}`, request, lateMs }] : [];
}

function ofUnit(board: Board, unit: UnitView, nowMs: number): Risk[] {
  const route = board.routes.find((one) => one.unit === unit.id);
  const found: Risk[] = [];
  if (route && unit.state !== 'off_duty') {
    const { low } = curveOf(route, unit, nowMs);
    const missing = unit.reserve_kwh - low.kwh;
    if (missing > MEANT_KWH) found.push({ kind: 'below_reserve', id: `e${unit.id}`, unit, atMs: low.ms, kwh: missing });
  }
  if (unit.stale && unit.state !== 'off_duty') found.push({ kind: 'silent', id: `s${unit.id}`, unit });
  return found;
}

/** What needs the dispatcher, the worst first. */
export function listRisks(board: Board, nowMs: number): Risk[] {
  const plugs = board.depots.flatMap((depot) =>
    depot.plugs
      .filter((plug) => plug.state !== 'available')
      .map((plug): Risk => ({ kind: 'plug_fault', id: `p${plug.id}`, depot: depot.name, plug: plug.name })),
  );
  const found = [...board.requests.flatMap(ofRequest), ...board.units.flatMap((unit) => ofUnit(board, unit, nowMs)), ...plugs];
  return found.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || size(b) - size(a));
}
