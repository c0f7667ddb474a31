import { useMutation } from '@tanstack/react-query';
import { useEffect } from 'react';
import { knowsPasskeys, showPasskey } from '../../data/passkeys';
import { text } from '../../i18n/account';
import { Gate } from './Gate';
import { goOn } from './next';
import { refusalOf } from './refusal';

/** Signing in with a passkey alone. */
export function Passkey() {
  const words = text.passkey;
  const enter = useMutation({ mutationFn: () => showPasskey('webauthn/login') });
  const done = enter.data?.status === 200;
  useEffect(() => {
    if (done) goOn();
  }, [done]);
  const refused = enter.isError || enter.data === null ? words.refused : enter.data ? refusalOf(enter.data) : null;
  return (
    <Gate
      title={words.title}
      lead={words.lead}
      fault={knowsPasskeys() ? refused : words.cannot}
      go={words.go}
      busy={enter.isPending || !knowsPasskeys()}
      onGo={() => {
        enter.mutate();
      }}
      after={<a href="/account/">{text.forgot.back}</a>}
    />
  );
}
