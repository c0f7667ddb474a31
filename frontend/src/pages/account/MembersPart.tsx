import type { Schemas } from '../../api/types';
import { useChangeRole, useEnd, type StaffRole } from '../../data/people';
import { problemCode } from '../../data/problemText';
import { text } from '../../i18n/account';
import { Chip } from '../../ui/Chip';
import { Note } from '../../ui/Note';
import { Part } from './Frame';
import { refusal } from './refusal';
import { RoleSelect } from './RoleSelect';

/** Each role of each person: changed here, or taken away. */
export function MembersPart({ members }: { members: Schemas['StaffMember'][] }) {
  const words = text.people;
  const change = useChangeRole();
  const end = useEnd();
  const error = change.error ?? end.error;
  const busy = change.isPending || end.isPending;
  return (
    <Part title={words.title} wide>
      {error && <Note look="alert">{refusal(problemCode(error))}</Note>}
      <ul className="account-list">
        {members.map(({ id, person, role }) => (
          <li key={id}>
            <span className="grow">
              <b className="clip">{person.name}</b>
              <span className="mute base clip">{person.email}</span>
            </span>
            {person.second_factor && <Chip look="ok">{words.factorOn}</Chip>}
            <RoleSelect
              label={words.roleOf(person.name)}
              value={role as StaffRole}
              disabled={busy}
              onChange={(next) => {
                change.mutate({ id, role: next });
              }}
            />
            <button
              type="button"
              className="account-end"
              aria-label={words.remove(person.name, text.roles[role as StaffRole])}
              disabled={busy}
              onClick={() => {
                end.mutate(`people/${id}`);
              }}
            >
              {words.take}
            </button>
          </li>
        ))}
      </ul>
    </Part>
  );
}
