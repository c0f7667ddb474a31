import { useRoleChanges, type StaffRole } from '../../data/people';
import { text } from '../../i18n/account';
import { Part } from './Frame';
import { whenText } from './whenText';

const roleText = (role: string | null): string => (role === null ? text.people.nothing : text.roles[role as StaffRole]);

/** The record of roles: it is read, never changed. */
export function ChangesPart() {
  const words = text.people;
  const changes = useRoleChanges();
  return (
    <Part title={words.changes}>
      {changes.data?.results.length === 0 && <p className="mute">{words.noChanges}</p>}
      <ul className="account-list">
        {changes.data?.results.map((one) => (
          <li key={one.id}>
            <span className="grow">{words.change(one.actor ?? words.somebody, one.person ?? words.somebody, roleText(one.before), roleText(one.after))}</span>
            <span className="mute base">{whenText(one.at)}</span>
          </li>
        ))}
      </ul>
    </Part>
  );
}
