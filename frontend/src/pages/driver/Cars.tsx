import { useState } from 'react';
import type { Vehicle } from '../../api/driverTypes';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { DialogHead } from '../../ui/DialogHead';
import { Icon } from '../../ui/Icon';
import { AddCar } from './AddCar';
import './cars.css';
import { aboutCar } from './carWords';
import { EditCar } from './EditCar';

interface Props {
  vehicles: readonly Vehicle[];
  chosen: Vehicle | null;
  onChoose: (vehicle: Vehicle) => void;
  onClose: () => void;
}

type Part = { name: 'list' | 'add' } | { name: 'edit'; car: Vehicle };

/** My cars: choose, add, rename, remove. */
export function Cars({ vehicles, chosen, onChoose, onClose }: Props) {
  const words = text.cars;
  const [part, setPart] = useState<Part>({ name: vehicles.length > 0 ? 'list' : 'add' });
  const toList = () => {
    setPart({ name: 'list' });
  };
  const back = part.name === 'list' || vehicles.length === 0 ? onClose : toList;
  const titles = { list: words.title, add: words.add, edit: words.edit };
  return (
    <Dialog label={titles[part.name]} onClose={onClose}>
      <DialogHead title={titles[part.name]} backLabel={common.back} onBack={back} />
      {part.name === 'add' && <AddCar onAdded={onChoose} />}
      {part.name === 'edit' && <EditCar car={part.car} onDone={toList} />}
      {part.name === 'list' && (
        <>
          <ul className="car-list">
            {vehicles.map((car) => (
              <li key={car.id} className={car.id === chosen?.id ? 'chosen' : ''}>
                <button
                  type="button"
                  className="car-choice"
                  aria-current={car.id === chosen?.id ? 'true' : undefined}
                  onClick={() => {
                    onChoose(car);
                  }}
                >
                  <Icon name={car.id === chosen?.id ? 'tick' : 'car'} size={24} />
                  <span className="grow">
                    <b className="clip">{car.name}</b>
                    <span className="small mute clip">{aboutCar(car)}</span>
                  </span>
                </button>
                <button
                  type="button"
                  className="top-button"
                  aria-label={words.editOf(car.name)}
                  onClick={() => {
                    setPart({ name: 'edit', car });
                  }}
                >
                  <Icon name="edit" />
                </button>
              </li>
            ))}
          </ul>
          <Button
            look="second"
            onClick={() => {
              setPart({ name: 'add' });
            }}
          >
            <Icon name="plus" />
            {words.add}
          </Button>
        </>
      )}
    </Dialog>
  );
}
