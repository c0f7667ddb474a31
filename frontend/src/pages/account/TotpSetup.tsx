import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { tell } from '../../data/library';
import { common } from '../../i18n/common';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Field } from '../../ui/Field';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { useSure } from './useSure';

const asImage = (svg: unknown): string => `data:image/svg+xml,${encodeURIComponent(String(svg))}`;

/** Shows the secret as a square and as letters; a code of the app proves that it has it. */
export function TotpSetup({ onDone }: { onDone: () => void }) {
  const words = text.factors;
  const [code, setCode] = useState('');
  const sure = useSure();
  // Each look makes a new secret: it is looked at once.
  const shown = useQuery({ queryKey: ['totp'], queryFn: () => tell('GET', 'authenticators/totp'), staleTime: Infinity, gcTime: 0 });
  const meta = shown.data?.meta;
  if (!meta) return <Skeleton lines={3} sentence={common.loading} />;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sure.run(() => tell('POST', 'authenticators/totp', { code }), onDone);
  };
  return (
    <>
      <form className="account-form" onSubmit={submit}>
        <p>{words.totpLead}</p>
        <img className="account-square" src={asImage(meta['totp_svg'])} alt={words.square} />
        <p className="base">
          {words.secret}
          <br />
          <code>{String(meta['secret'])}</code>
        </p>
        {sure.fault && <Note look="alert">{sure.fault}</Note>}
        <Field label={text.factor.code} inputMode="numeric" autoComplete="one-time-code" required value={code} onChange={(event) => { setCode(event.target.value); }} />
        <Button type="submit" disabled={sure.busy}>
          {words.add}
        </Button>
      </form>
      {/* A form of its own, which may stand in no other. */}
      {sure.dialog}
    </>
  );
}
