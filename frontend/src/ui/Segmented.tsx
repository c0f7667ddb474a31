import { radioKeys, radioTab } from './radioKeys';
import './segmented.css';

interface Props<V extends string> {
  label: string;
  value: V;
  options: readonly { value: V; text: string }[];
  onChange: (value: V) => void;
  dense?: boolean;
}

export function Segmented<V extends string>({ label, value, options, onChange, dense = false }: Props<V>) {
  const chosen = options.findIndex((option) => option.value === value);
  return (
    <div className={dense ? 'segmented dense' : 'segmented'} role="radiogroup" aria-label={label} onKeyDown={radioKeys}>
      {options.map((option, index) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          tabIndex={radioTab(index, chosen)}
          onClick={() => {
            onChange(option.value);
          }}
        >
          {option.text}
        </button>
      ))}
    </div>
  );
}
