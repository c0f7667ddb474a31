import type { Vehicle } from '../../api/driverTypes';
import { text } from '../../i18n/driver';
import { Icon } from '../../ui/Icon';
import { aboutCar } from './carWords';

/** Which car; a tap opens all of them. */
export function CarField({ vehicle, onOpen }: { vehicle: Vehicle; onOpen: () => void }) {
  return (
    <button type="button" className="car-field" onClick={onOpen}>
      <Icon name="car" size={26} />
      <span className="grow">
        <span className="hidden">{text.ask.car}</span>
        <b className="clip">{vehicle.name}</b>
        <span className="small mute clip">{aboutCar(vehicle)}</span>
      </span>
      <span className="chip line">{text.ask.change}</span>
    </button>
  );
}
