import { useState, type FormEvent } from 'react';
import { useEnd, useInvitations, useInvite, type StaffRole } from '../../data/people';
import { problemText } from '../../data/problemText';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Note } from '../../ui/Note';
import { Part } from './Frame';
import { RoleSelect } from './RoleSelect';
import { whenText } from './whenText';

/** Brings somebody in by a letter, and shows the letters nobody has answered yet. */
export function InvitePart() {
  const words = text.people;
  const [email, setEmail] = useState('');
  const [role, setRole] = useState<StaffRole>('crew');
  const invite = useInvite();
  const end = useEnd();
  const open = useInvitations();
  const fault = problemText(invite.error ?? end.error ?? open.error);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    invite.mutate({ email, role }, { onSuccess: () => { setEmail(''); } });
  };
  return (
    <Part title={words.invite}>
      {fault && <Note look="alert">{fault}</Note>}
      {invite.isSuccess && <Note look="ok">{words.sent(invite.variables.email)}</Note>}
      <form className="account-form" onSubmit={submit}>
        <Field label={words.email} type="email" required value={email} onChange={(event) => { setEmail(event.target.value); }} />
        <RoleSelect label={words.role} value={role} onChange={setRole} />
        <Button type="submit" size="small" disabled={invite.isPending}>
          {words.send}
        </Button>
      </form>
      {open.data && open.data.results.length > 0 && (
        <>
          <h3>{words.open}</h3>
          <ul className="account-list">
            {open.data.results.map((one) => (
              <li key={one.id}>
                <span className="grow">
                  <b className="clip">{one.email}</b>
                  <span className="mute base">{`${text.roles[one.role as StaffRole]}, ${words.until(whenText(one.expires_at))}`}</span>
                </span>
                <button
                  type="button"
                  className="account-end"
                  aria-label={words.takeBack(one.email)}
                  disabled={end.isPending}
                  onClick={() => {
                    end.mutate(`invitations/${one.id}`);
                  }}
                >
                  {words.take}
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Part>
  );
}
