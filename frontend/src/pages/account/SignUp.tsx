import { useState } from 'react';
import { common } from '../../i18n/common';
import { text } from '../../i18n/account';
import { Field } from '../../ui/Field';
import { Gate } from './Gate';
import { readSecret } from './next';
import { useTell } from './useTell';

/** A driver's own account: a letter proves the address, its link makes the account. */
export function SignUp() {
  const [secret] = useState(readSecret);
  return secret ? <Follow secret={secret} /> : <Ask />;
}

/** Asks for the letter; what is said is the same whether there is an account or not. */
function Ask() {
  const words = text.signUp;
  const [email, setEmail] = useState('');
  const ask = useTell('POST', 'sign-up');
  return (
    <Gate
      title={words.title}
      lead={words.lead}
      fault={ask.fault}
      done={ask.done ? words.sent(email) : null}
      go={words.ask}
      busy={ask.isPending}
      onGo={() => {
        ask.mutate({ email });
      }}
      after={<a href="/driver/">{text.forgot.back}</a>}
    >
      <Field label={common.signIn.email} type="email" autoComplete="username" required value={email} onChange={(event) => { setEmail(event.target.value); }} />
    </Gate>
  );
}

function Follow({ secret }: { secret: string }) {
  const words = text.signUp;
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const accept = useTell('POST', 'sign-up/accept');
  return (
    <Gate
      title={words.title}
      lead={words.proven}
      fault={accept.fault}
      go={words.go}
      busy={accept.isPending || accept.done}
      onGo={() => {
        accept.mutate({ secret, name, password }, { onSuccess: ({ status }) => { if (status === 200) location.replace('/driver/'); } });
      }}
      after={accept.data?.code === 'sign_up_not_open' && <a href="/account/sign-up">{words.anew}</a>}
    >
      <Field label={text.invitation.name} autoComplete="name" maxLength={120} required value={name} onChange={(event) => { setName(event.target.value); }} />
      <Field label={text.invitation.password} type="password" autoComplete="new-password" minLength={8} required value={password} onChange={(event) => { setPassword(event.target.value); }} />
    </Gate>
  );
}
