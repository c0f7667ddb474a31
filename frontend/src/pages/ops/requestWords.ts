import type { RequestView } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { kwh } from '../../format/kwh';
import { text } from '../../i18n/ops';

/** The time a driver was told: the pessimistic arrival of the promise. */
export const promisedTime = (request: RequestView, zone: string): string => clockTime(request.promise.arrival_p90, zone);

/** What a request is about in one line: car, energy, promise. */
export const aboutRequest = (request: RequestView, zone: string, decimals = 1): string =>
  [request.vehicle.name, kwh(request.energy_kwh, decimals), text.promisedBy(promisedTime(request, zone))].join(' · ');
