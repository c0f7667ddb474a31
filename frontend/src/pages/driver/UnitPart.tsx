import type { ChargeRequest } from '../../api/driverTypes';
import { kwh } from '../../format/kwh';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Icon } from '../../ui/Icon';

/** Who comes, and with what. Only what is booked still waits for its unit: a charge under way has one, told or not. */
export function UnitPart({ request }: { request: ChargeRequest }) {
  const words = text.follow;
  const { unit } = request;
  if (!unit) return request.status === 'booked' ? <p className="base mute">{words.waitingUnit}</p> : null;
  return (
    <div className="unit-part">
      <span className="kind-disc large">
        <Icon name={unit.kind} size={30} />
      </span>
      <div className="grow">
        <h2 className="sub">{words.unit(common.kinds[unit.kind], unit.name)}</h2>
        <div className="small mute">{[unit.plate && words.plate(unit.plate), kwh(request.energy_kwh)].filter(Boolean).join(' · ')}</div>
        {request.pin && <div className="small">{words.pin(request.pin)}</div>}
      </div>
    </div>
  );
}
