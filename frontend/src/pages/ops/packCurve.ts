import type { StopView } from '../../api/opsTypes';

export interface PackPoint {
  ms: number;
  kwh: number;
}

export interface PackCurve {
  past: PackPoint[];
  planned: PackPoint[];
  /** The lowest of what is planned. */
  low: PackPoint;
  atEndKwh: number;
}

/** The pack over the day: as it was up to now, as planned from now on. */
export function packCurve(stops: readonly StopView[], nowMs: number, nowKwh: number): PackCurve {
  const past: PackPoint[] = [];
  const planned: PackPoint[] = [{ ms: nowMs, kwh: nowKwh }];
  for (const stop of stops) {
    const corners = [
      { ms: Date.parse(stop.arrive), kwh: stop.pack_before_kwh },
      { ms: Date.parse(stop.start), kwh: stop.pack_before_kwh },
      { ms: Date.parse(stop.end), kwh: stop.pack_after_kwh },
    ];
    if (stop.depart && Date.parse(stop.depart) > nowMs) {
      const before = planned.at(-1)?.kwh ?? nowKwh;
      planned.push({ ms: Date.parse(stop.depart), kwh: before });
    }
    const isOver = stop.state === 'done' || stop.state === 'failed' || stop.state === 'skipped';
    for (const corner of corners) {
      if (corner.ms > nowMs && !isOver) planned.push(corner);
      else if (corner.ms <= nowMs) past.push(corner);
    }
  }
  past.push({ ms: nowMs, kwh: nowKwh });
  const ordered = planned.sort((a, b) => a.ms - b.ms);
  const low = ordered.reduce((least, point) => (point.kwh < least.kwh ? point : least));
  return { past: past.sort((a, b) => a.ms - b.ms), planned: ordered, low, atEndKwh: ordered.at(-1)?.kwh ?? nowKwh };
}
