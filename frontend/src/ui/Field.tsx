import type { InputHTMLAttributes } from 'react';
import { useId } from 'react';
import { Icon } from './Icon';
import './field.css';

interface Props extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  fault?: string | null;
}

export function Field({ label, fault = null, ...rest }: Props) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input id={id} aria-invalid={fault ? true : undefined} aria-describedby={fault ? `${id}-fault` : undefined} {...rest} />
      {fault && (
        <p className="fault" id={`${id}-fault`}>
          <Icon name="warning" size={16} />
          {fault}
        </p>
      )}
    </div>
  );
}
