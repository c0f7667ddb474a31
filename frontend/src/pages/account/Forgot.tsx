import { useState } from 'react';
import { common } from '../../i18n/common';
import { text } from '../../i18n/account';
import { Field } from '../../ui/Field';
import { Gate } from './Gate';
import { useTell } from './useTell';

/** Asks for a link; what is said is the same whether there is such an account or not. */
export function Forgot() {
  const words = text.forgot;
  const [email, setEmail] = useState('');
  const request = useTell('POST', 'password/request');
  return (
    <Gate
      title={words.title}
      lead={words.lead}
      fault={request.fault}
      done={request.done ? text.sent : null}
      go={words.go}
      busy={request.isPending}
      onGo={() => {
        request.mutate({ email });
      }}
      after={<a href="/account/">{words.back}</a>}
    >
      <Field label={common.signIn.email} type="email" autoComplete="username" required value={email} onChange={(event) => { setEmail(event.target.value); }} />
    </Gate>
  );
}
