import type { StaffRole } from '../../data/people';
import { text } from '../../i18n/account';

const ROLES: readonly StaffRole[] = ['dispatcher', 'crew', 'owner'];

interface Props {
  label: string;
  value: StaffRole;
  disabled?: boolean;
  onChange: (role: StaffRole) => void;
}

/** One of the three roles. */
export function RoleSelect({ label, value, disabled = false, onChange }: Props) {
  return (
    <select
      className="account-select"
      aria-label={label}
      value={value}
      disabled={disabled}
      onChange={(event) => {
        const chosen = ROLES.find((role) => role === event.target.value);
        if (chosen) onChange(chosen);
      }}
    >
      {ROLES.map((role) => (
        <option key={role} value={role}>
          {text.roles[role]}
        </option>
      ))}
    </select>
  );
}
