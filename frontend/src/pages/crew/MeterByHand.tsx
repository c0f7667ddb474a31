import { useId, useState } from 'react';
import { text } from '../../i18n/crew';
import { Field } from '../../ui/Field';
import { Icon } from '../../ui/Icon';
import { shrinkPhoto } from './photo';

interface Props {
  label: string;
  fault: string | null;
  typed: string;
  onType: (typed: string) => void;
  photo: string;
  onPhoto: (photo: string) => void;
}

/** The last reading, typed in the charger's place, with a picture that proves it. */
export function MeterByHand({ label, fault, typed, onType, photo, onPhoto }: Props) {
  const words = text.charging;
  const [isFaulty, setFaulty] = useState(false);
  const field = useId();
  const take = (file: File | undefined) => {
    if (!file) return;
    void shrinkPhoto(file).then(
      (taken) => {
        setFaulty(false);
        onPhoto(taken);
      },
      () => {
        setFaulty(true);
      },
    );
  };
  return (
    <>
      <Field
        label={label}
        fault={fault}
        inputMode="decimal"
        autoComplete="off"
        value={typed}
        onChange={(event) => {
          onType(event.target.value);
        }}
      />
      <div className="photo-row">
        <label htmlFor={field} className="button second small">
          <Icon name={photo ? 'tick' : 'plus'} size={18} /> {words.photo}
        </label>
        <input
          id={field}
          className="hidden"
          type="file"
          accept="image/*"
          capture="environment"
          onChange={(event) => {
            take(event.target.files?.[0]);
          }}
        />
        {photo && <span className="small mute">{words.photoKept}</span>}
        {isFaulty && <span className="small alert-word" role="alert">{words.photoFault}</span>}
      </div>
    </>
  );
}
