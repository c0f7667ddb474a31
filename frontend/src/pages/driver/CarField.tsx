import type { Vehicle } from '../../api/driverTypes';
import { kwh } from '../../format/kwh';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Icon } from '../../ui/Icon';

interface Props {
  vehicles: readonly Vehicle[];
  vehicle: Vehicle;
  onChange: (vehicle: Vehicle) => void;
}

export function CarField({ vehicles, vehicle, onChange }: Props) {
  const decimals = Number.isInteger(vehicle.usable_kwh) ? 0 : 1;
  return (
    <label className="car-field">
      <Icon name="car" size={26} />
      <span className="grow">
        <b className="clip">{vehicle.name}</b>
        <span className="small mute clip">{text.ask.connector(kwh(vehicle.usable_kwh, decimals), vehicle.connectors.map((code) => common.connectors[code] ?? code).join(', '), vehicle.plate)}</span>
      </span>
      {vehicles.length > 1 && <span className="chip line">{text.ask.change}</span>}
      <select
        aria-label={text.ask.car}
        value={vehicle.id}
        onChange={(event) => {
          const next = vehicles.find((one) => one.id === event.target.value);
          if (next) onChange(next);
        }}
      >
        {vehicles.map((one) => (
          <option key={one.id} value={one.id}>
            {`${one.name}, ${one.plate}`}
          </option>
        ))}
      </select>
    </label>
  );
}
