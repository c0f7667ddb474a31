import { useState, type FormEvent } from 'react';
import type { Vehicle } from '../../api/driverTypes';
import { problemText } from '../../data/problemText';
import { useChangeCar, useRemoveCar } from '../../data/vehicles';
import { text } from '../../i18n/driver';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Note } from '../../ui/Note';

/** A car's name and plate; removing it is two taps. */
export function EditCar({ car, onDone }: { car: Vehicle; onDone: () => void }) {
  const words = text.cars;
  const change = useChangeCar();
  const remove = useRemoveCar();
  const [name, setName] = useState(car.name);
  const [plate, setPlate] = useState(car.plate);
  const [sure, setSure] = useState(false);
  const fault = problemText(change.error ?? remove.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate({ id: car.id, name: name.trim(), plate: plate.trim() }, { onSuccess: onDone });
  };
  return (
    <form className="car-form" onSubmit={submit}>
      <p className="small mute">{car.model}</p>
      <Field label={words.name} required maxLength={40} value={name} onChange={(event) => { setName(event.target.value); }} />
      <Field label={words.plate} maxLength={16} autoCapitalize="characters" value={plate} onChange={(event) => { setPlate(event.target.value); }} />
      {fault && <Note look="alert">{fault}</Note>}
      <Button type="submit" disabled={change.isPending}>
        {words.save}
      </Button>
      <Button
        look="alert-line"
        disabled={remove.isPending}
        onClick={() => {
          if (sure) remove.mutate(car.id, { onSuccess: onDone });
          else setSure(true);
        }}
      >
        {sure ? words.removeSure : words.remove}
      </Button>
    </form>
  );
}
