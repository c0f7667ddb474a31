import { useState } from 'react';
import { text } from '../../i18n/account';
import { Field } from '../../ui/Field';
import { Gate } from './Gate';
import { readSecret } from './next';
import { saidWell, useTell } from './useTell';

/** Sets a new password by the link of a letter; who has set it signs in with it. */
export function Reset() {
  const words = text.reset;
  const [key] = useState(readSecret);
  const [password, setPassword] = useState('');
  const reset = useTell('POST', 'password/reset', saidWell);
  return (
    <Gate
      title={words.title}
      fault={key ? reset.fault : words.noLink}
      done={reset.done ? words.done : null}
      go={words.go}
      busy={reset.isPending || !key}
      onGo={() => {
        reset.mutate({ key, password });
      }}
      after={<a href="/account/">{text.forgot.back}</a>}
    >
      <Field label={words.password} type="password" autoComplete="new-password" minLength={8} required value={password} onChange={(event) => { setPassword(event.target.value); }} />
    </Gate>
  );
}
