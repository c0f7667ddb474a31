import { useState, type FormEvent } from 'react';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Note } from '../../ui/Note';
import { Part } from './Frame';
import { useTell } from './useTell';

/** Another password; every other session and all tokens end with the old one. */
export function PasswordPart() {
  const words = text.mine.password;
  const [present, setPresent] = useState('');
  const [fresh, setFresh] = useState('');
  const change = useTell('POST', 'password/change');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate(
      { current_password: present, new_password: fresh },
      {
        onSuccess: () => {
          setPresent('');
          setFresh('');
        },
      },
    );
  };
  return (
    <Part title={words.title}>
      {change.fault && <Note look="alert">{change.fault}</Note>}
      {change.done && <Note look="ok">{words.done}</Note>}
      <form className="account-form" onSubmit={submit}>
        <Field label={words.present} type="password" autoComplete="current-password" required value={present} onChange={(event) => { setPresent(event.target.value); }} />
        <Field label={words.fresh} type="password" autoComplete="new-password" minLength={8} required value={fresh} onChange={(event) => { setFresh(event.target.value); }} />
        <Button type="submit" look="second" size="small" disabled={change.isPending}>
          {words.go}
        </Button>
      </form>
    </Part>
  );
}
