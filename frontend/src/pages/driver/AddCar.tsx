import { useState, type FormEvent } from 'react';
import type { CatalogueModel, Vehicle } from '../../api/driverTypes';
import { problemText } from '../../data/problemText';
import { useDebounced } from '../../data/useDebounced';
import { useAddCar, useCatalogue } from '../../data/vehicles';
import { text } from '../../i18n/driver';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { Note } from '../../ui/Note';
import { SearchField } from '../../ui/SearchField';
import { aboutModel } from './carWords';
import './search.css';

const QUIET_MS = 180;

/** A car by its model, from the catalogue; then its plate. */
export function AddCar({ onAdded }: { onAdded: (car: Vehicle) => void }) {
  const [model, setModel] = useState<CatalogueModel | null>(null);
  return model ? <PlateForm model={model} onAdded={onAdded} /> : <ModelList onChoose={setModel} />;
}

function ModelList({ onChoose }: { onChoose: (model: CatalogueModel) => void }) {
  const words = text.cars;
  const [typed, setTyped] = useState('');
  const models = useCatalogue(useDebounced(typed.trim(), QUIET_MS));
  const fault = problemText(models.error);
  return (
    <>
      <SearchField label={words.which} value={typed} onChange={setTyped} />
      {fault && <Note look="alert">{fault}</Note>}
      <ul className="found-list">
        {models.data?.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className="found"
              onClick={() => {
                onChoose(one);
              }}
            >
              <Icon name="car" size={22} />
              <span className="grow">
                <b>{one.name}</b>
                <span className="small mute">{aboutModel(one)}</span>
              </span>
              <Icon name="next" />
            </button>
          </li>
        ))}
      </ul>
      {models.data?.length === 0 && <p className="mute">{words.unknown}</p>}
    </>
  );
}

function PlateForm({ model, onAdded }: { model: CatalogueModel; onAdded: (car: Vehicle) => void }) {
  const words = text.cars;
  const add = useAddCar();
  const [plate, setPlate] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    add.mutate({ model: model.id, plate: plate.trim() }, { onSuccess: onAdded });
  };
  const fault = problemText(add.error);
  return (
    <form className="car-form" onSubmit={submit}>
      <p>
        <b>{model.name}</b>
        <span className="small mute">{aboutModel(model)}</span>
      </p>
      <Field label={words.plate} autoFocus autoComplete="off" autoCapitalize="characters" maxLength={16} value={plate} onChange={(event) => { setPlate(event.target.value); }} />
      <p className="small mute">{words.plateWhy}</p>
      {fault && <Note look="alert">{fault}</Note>}
      <Button type="submit" disabled={add.isPending}>
        {words.save}
      </Button>
    </form>
  );
}
