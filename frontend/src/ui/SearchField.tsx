import { Icon } from './Icon';
import './searchField.css';

interface Props {
  label: string;
  hint?: string;
  value: string;
  onChange: (typed: string) => void;
}

/** One line to look for something; what is found stands below. */
export function SearchField({ label, hint = label, value, onChange }: Props) {
  return (
    <label className="search-field">
      <Icon name="search" size={22} />
      <input
        type="search"
        autoComplete="off"
        data-first
        aria-label={label}
        placeholder={hint}
        value={value}
        onChange={(event) => {
          onChange(event.target.value);
        }}
      />
    </label>
  );
}
