import { useMutation } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { knowsPasskeys, showPasskey } from '../../data/passkeys';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Gate } from './Gate';
import { goOn } from './next';
import { refusalOf } from './refusal';
import { useTell } from './useTell';

/** The second step of signing in. */
export function Factor() {
  const words = text.factor;
  const [code, setCode] = useState('');
  const byCode = useTell('POST', '2fa/authenticate');
  const byKey = useMutation({ mutationFn: () => showPasskey('webauthn/authenticate') });
  const done = byCode.done || byKey.data?.status === 200;
  useEffect(() => {
    if (done) goOn();
  }, [done]);
  const keyFault = byKey.isError || byKey.data === null ? text.passkey.refused : byKey.data ? refusalOf(byKey.data) : null;
  return (
    <Gate
      title={words.title}
      lead={words.lead}
      fault={byCode.fault ?? keyFault}
      go={words.go}
      busy={byCode.isPending}
      onGo={() => {
        byCode.mutate({ code });
      }}
      after={
        knowsPasskeys() && (
          <Button
            look="second"
            onClick={() => {
              byKey.mutate();
            }}
          >
            {words.passkey}
          </Button>
        )
      }
    >
      <Field label={words.code} inputMode="numeric" autoComplete="one-time-code" required value={code} onChange={(event) => { setCode(event.target.value); }} />
    </Gate>
  );
}
