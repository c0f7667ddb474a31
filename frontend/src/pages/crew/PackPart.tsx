import type { CrewStop } from '../../api/crewTypes';
import type { UnitView } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { decimal } from '../../format/decimal';
import { text } from '../../i18n/crew';
import { worldNowMs } from '../../live/worldClock';

const [WIDTH, HEIGHT] = [350, 44];

interface Point {
  ms: number;
  kwh: number;
}

/** My pack over the rest of the route, above its reserve. */
export function PackPart({ unit, stops, zone }: { unit: UnitView; stops: readonly CrewStop[]; zone: string }) {
  const nowMs = worldNowMs();
  const points: Point[] = [
    { ms: nowMs, kwh: unit.energy_kwh },
    ...stops
      .flatMap((stop) => [
        { ms: Date.parse(stop.start), kwh: stop.pack_before_kwh },
        { ms: Date.parse(stop.end), kwh: stop.pack_after_kwh },
      ])
      .filter((point) => point.ms > nowMs),
  ];
  const low = points.reduce((least, point) => (point.kwh < least.kwh ? point : least));
  const endMs = Math.max(nowMs + 1, points.at(-1)?.ms ?? nowMs + 1);
  const x = (ms: number) => ((ms - nowMs) / (endMs - nowMs)) * WIDTH;
  const y = (kwh: number) => HEIGHT - (Math.min(unit.usable_kwh, Math.max(0, kwh)) / (unit.usable_kwh || 1)) * HEIGHT;
  const line = points.map((point) => `${x(point.ms).toFixed(1)} ${y(point.kwh).toFixed(1)}`).join('L');
  return (
    <section className="crew-pack">
      <div className="spread baseline">
        <p>
          <b className="pack-figure">{decimal(unit.energy_kwh, 0)}</b> <span className="mute">{text.inPack(decimal(unit.usable_kwh, 0))}</span>
        </p>
        <span className={low.kwh < unit.reserve_kwh ? 'small pack-bad' : 'small mute'}>{text.low(decimal(low.kwh, 0), clockTime(low.ms, zone))}</span>
      </div>
      {points.length > 1 && (
        <>
          <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} aria-hidden="true">
            <path d={`M0 ${String(HEIGHT)}L${line}L${String(WIDTH)} ${String(HEIGHT)}Z`} fill="var(--volt-area)" />
            <path d={`M${line}`} fill="none" stroke="var(--volt-edge)" strokeWidth="2" />
            <line x2={WIDTH} y1={y(unit.reserve_kwh)} y2={y(unit.reserve_kwh)} stroke="var(--alert)" strokeWidth="1.4" strokeDasharray="5 3" />
            <circle cx={x(low.ms)} cy={y(low.kwh)} r="4" fill="var(--ink)" stroke="var(--surface)" strokeWidth="1.5" />
          </svg>
          <div className="spread small mute">
            <span>{text.now}</span>
            <span>{text.reserve(decimal(unit.reserve_kwh, 0))}</span>
            <span>{clockTime(endMs, zone)}</span>
          </div>
        </>
      )}
    </section>
  );
}
