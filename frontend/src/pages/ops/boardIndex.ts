import type { RequestView, RouteView, StopView, UnitView } from '../../api/opsTypes';
import type { RequestShape } from '../../ui/marks/requestMark';
import { packCurve, type PackCurve } from './packCurve';
import { lateMs, requestShape } from './requestShape';

export interface RequestFacts {
  shape: RequestShape;
  dueMs: number;
  lateMs: number;
}

const facts = new WeakMap<RequestView, RequestFacts>();

/** What the console derives of a request; once for each version of it, however often it is drawn. */
export function factsOf(request: RequestView): RequestFacts {
  const known = facts.get(request);
  if (known) return known;
  const due = request.eta?.arrival_p50 ?? request.promise?.arrival_p50 ?? request.window.latest;
  const made = { shape: requestShape(request), dueMs: Date.parse(due), lateMs: lateMs(request) };
  facts.set(request, made);
  return made;
}

interface TimedStop {
  stop: StopView;
  departMs: number;
  arriveMs: number;
  startMs: number;
  endMs: number;
}

const timed = new WeakMap<StopView, TimedStop>();

/** A stop with its instants as numbers. */
export function timesOf(stop: StopView): TimedStop {
  const known = timed.get(stop);
  if (known) return known;
  const [departMs, arriveMs, startMs, endMs] = [stop.depart, stop.arrive, stop.start, stop.end].map((text) => Date.parse(text)) as [number, number, number, number];
  const made = { stop, departMs, arriveMs, startMs, endMs };
  timed.set(stop, made);
  return made;
}

const CURVE_MS = 10_000;
const curves = new WeakMap<RouteView, { atMs: number; kwh: number; curve: PackCurve }>();

/** The pack over a unit's day; computed anew when its route or level is another, or the last one is old. */
export function curveOf(route: RouteView, unit: UnitView, nowMs: number): PackCurve {
  const known = curves.get(route);
  if (known && known.kwh === unit.energy_kwh && Math.abs(nowMs - known.atMs) < CURVE_MS) return known.curve;
  const curve = packCurve(route.stops, nowMs, unit.energy_kwh);
  curves.set(route, { atMs: nowMs, kwh: unit.energy_kwh, curve });
  return curve;
}
