import type { ChargeRequest } from '../../api/driverTypes';
import { kwh } from '../../format/kwh';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Icon } from '../../ui/Icon';

/** Who comes, and what is said at the car. */
export function UnitPart({ request }: { request: ChargeRequest }) {
  const words = text.follow;
  const { unit, pin } = request;
  return (
    <>
      {unit ? (
        <div className="unit-part">
          <span className="kind-disc large">
            <Icon name={unit.kind} size={30} />
          </span>
          <div className="grow">
            <h3>{words.unit(common.kinds[unit.kind], unit.name)}</h3>
            <div className="small mute">{[unit.plate && words.plate(unit.plate), kwh(request.energy_kwh)].filter(Boolean).join(' · ')}</div>
          </div>
        </div>
      ) : (
        <p className="base mute">{words.waitingUnit}</p>
      )}
      {pin && (
        <div className="spread pin-part">
          <div>
            <h3>{words.pin}</h3>
            <div className="small mute">{words.pinWhy}</div>
          </div>
          <div className="pin-digits" aria-label={pin.split('').join(' ')} role="img">
            {pin.split('').map((digit, index) => (
              <span key={index}>{digit}</span>
            ))}
          </div>
        </div>
      )}
    </>
  );
}
