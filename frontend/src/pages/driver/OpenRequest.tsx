import type { ChargeRequest } from '../../api/driverTypes';
import { timeRange } from '../../format/timeRange';
import { text } from '../../i18n/driver';
import { Icon } from '../../ui/Icon';
import { follow } from './address';
import { stageIndex } from './stage';

/** A charge that is under way is one tap away. */
export function OpenRequest({ request, zone }: { request: ChargeRequest; zone: string }) {
  const { arrival_p50, arrival_p90 } = request.eta ?? request.promise;
  return (
    <button
      type="button"
      className="open-request"
      onClick={() => {
        follow(request.id);
      }}
    >
      <span className="grow">
        <b>{text.follow.yours}</b>
        <span className="small mute">{`${text.follow.stages[stageIndex(request.status)] ?? ''} · ${timeRange(arrival_p50, arrival_p90, zone)}`}</span>
      </span>
      <Icon name="next" />
    </button>
  );
}
