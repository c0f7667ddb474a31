import type { ChargeRequest } from '../../api/driverTypes';
import { axisTime } from '../../format/axisTime';
import { clockTime } from '../../format/clockTime';
import { dayName } from '../../format/dayName';
import { duration } from '../../format/duration';
import { money } from '../../format/money';
import { minutesRange } from '../../format/minutesRange';
import { timeRange } from '../../format/timeRange';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { useTick } from '../../live/useTick';
import { worldNowMs } from '../../live/worldClock';
import { ArrivalRange } from '../../ui/ArrivalRange';
import { Note } from '../../ui/Note';
import { whyOf } from './ChangesPart';
import { promiseShiftMin } from './stage';

const HOUR_MS = 3_600_000;

function eyebrowOf(request: ChargeRequest, nowMs: number, zone: string): string {
  const words = text.follow;
  const { arrival_p50, arrival_p90 } = request.eta ?? request.promise;
  if (request.status === 'on_site' && request.unit) return words.onSite(words.unit(common.kinds[request.unit.kind], request.unit.name));
  if (Date.parse(arrival_p50) - nowMs > 3 * HOUR_MS) return `${words.bookedFor} ${dayName(arrival_p50, zone)}`;
  const name = request.unit && words.unit(common.kinds[request.unit.kind], request.unit.name);
  if (Date.parse(arrival_p90) <= nowMs) return name ? words.arrivesNow(name) : words.arrivesAnyMoment;
  const range = minutesRange(nowMs, arrival_p50, arrival_p90);
  return name ? words.arrivesIn(name, range) : words.arrivesSoon(range);
}

/** The arrival range, large; what was promised beside it; and what changed. */
export function ArrivalPart({ request, zone }: { request: ChargeRequest; zone: string }) {
  useTick(1000);
  const words = text.follow;
  const nowMs = worldNowMs();
  const { promise } = request;
  const expected = request.eta ?? promise;
  const shift = promiseShiftMin(request);
  const clock = (instant: string | number) => clockTime(instant, zone);
  const onSite = request.status === 'on_site';
  return (
    <div className="arrival">
      <div className="mute small arrival-eyebrow">{eyebrowOf(request, nowMs, zone)}</div>
      <div className="spread baseline arrival-line">
        <h1 className="figure arrival-figure">{onSite ? words.plugging : timeRange(expected.arrival_p50, expected.arrival_p90, zone)}</h1>
        <div className="nowrap ready">
          <span className="mute small">{words.readyBy} </span>
          <b>{clock(expected.ready_p90)}</b>
        </div>
      </div>
      {!onSite && (
        <>
          <ArrivalRange
            track={{
              nowMs,
              p50Ms: Date.parse(expected.arrival_p50),
              p90Ms: Date.parse(expected.arrival_p90),
              promisedFromMs: Date.parse(promise.arrival_p50),
              promisedToMs: Date.parse(promise.arrival_p90),
            }}
            clock={(ms) => axisTime(ms, zone)}
            promisedWord={words.promised}
            label={words.rangeLabel(clock(expected.arrival_p50), clock(expected.arrival_p90), clock(promise.arrival_p50), clock(promise.arrival_p90))}
          />
          {shift > 0 && (
            <Note look="amber">
              <b>{words.later(duration(shift * 60))}</b> {whyOf(request)}
              {promise.credit_minor > 0 && ` ${words.credit(money(promise.credit_minor, request.price.currency))}`}
            </Note>
          )}
        </>
      )}
    </div>
  );
}
