import './segmented.css';

interface Props<V extends string> {
  label: string;
  value: V;
  options: readonly { value: V; text: string }[];
  onChange: (value: V) => void;
  dense?: boolean;
}

export function Segmented<V extends string>({ label, value, options, onChange, dense = false }: Props<V>) {
  return (
    <div className={dense ? 'segmented dense' : 'segmented'} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
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
