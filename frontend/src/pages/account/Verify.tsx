import { useState } from 'react';
import { text } from '../../i18n/account';
import { Gate } from './Gate';
import { readSecret } from './next';
import { saidWell, useTell } from './useTell';

/** Confirms an address; a tap of its own, because programs that read letters open links, too. */
export function Verify() {
  const words = text.verify;
  const [key] = useState(readSecret);
  const verify = useTell('POST', 'email/verify', saidWell);
  return (
    <Gate
      title={words.title}
      fault={key ? verify.fault : text.reset.noLink}
      done={verify.done ? words.done : null}
      go={words.go}
      busy={verify.isPending || !key}
      onGo={() => {
        verify.mutate({ key });
      }}
      after={verify.done ? <a href="/account/">{text.mine.title}</a> : null}
    />
  );
}
