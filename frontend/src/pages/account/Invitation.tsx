import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { post } from '../../api/client';
import type { Schemas } from '../../api/types';
import { problemCode } from '../../data/problemText';
import { common } from '../../i18n/common';
import { text } from '../../i18n/account';
import { Field } from '../../ui/Field';
import { Skeleton } from '../../ui/Skeleton';
import { Gate } from './Gate';
import { readSecret } from './next';
import { refusal } from './refusal';
import { saidWell, useTell } from './useTell';

/** Following the link of an invitation: a newcomer says who they are, who has an account accepts signed in. */
export function Invitation() {
  const words = text.invitation;
  const [secret] = useState(readSecret);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const look = useQuery({ queryKey: ['invitation'], queryFn: () => post<Schemas['Invited']>('/auth/invitation/look', { secret }), staleTime: Infinity });
  const accept = useTell('POST', 'invitation/accept', (told) => saidWell(told) && told.status === 200);
  useEffect(() => {
    if (accept.done) location.replace('/account/');
  }, [accept.done]);
  if (look.isPending) return <Gate title={common.brand} after={<Skeleton lines={3} sentence={common.loading} />} />;
  if (!look.data) return <Gate title={common.brand} fault={refusal(problemCode(look.error))} after={<a href="/account/">{text.forgot.back}</a>} />;
  const { operator, email, role, has_account, signed_in } = look.data;
  const elsewhere = has_account && !signed_in;
  return (
    <Gate
      title={words.title(operator)}
      lead={words.lead(email, text.roles[role])}
      fault={accept.fault ?? (elsewhere ? words.signIn : null)}
      {...(elsewhere ? {} : { go: words.go })}
      busy={accept.isPending}
      onGo={() => {
        accept.mutate(has_account ? { secret } : { secret, name, password });
      }}
      after={elsewhere && <a href="/account/">{common.signIn.title}</a>}
    >
      {!has_account && (
        <>
          <Field label={words.name} autoComplete="name" maxLength={120} required value={name} onChange={(event) => { setName(event.target.value); }} />
          <Field label={words.password} type="password" autoComplete="new-password" minLength={8} required value={password} onChange={(event) => { setPassword(event.target.value); }} />
        </>
      )}
    </Gate>
  );
}
