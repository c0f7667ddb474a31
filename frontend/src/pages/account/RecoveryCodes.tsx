import { useState } from 'react';
import { tell } from '../../data/library';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { useSure } from './useSure';

interface Kept {
  unused_codes: string[];
}

/** Codes for the day the phone is lost; shown after the password alone. */
export function RecoveryCodes({ left }: { left: number }) {
  const words = text.factors;
  const [codes, setCodes] = useState<string[] | null>(null);
  const sure = useSure();
  const ask = (method: 'GET' | 'POST') => {
    sure.run(
      () => tell<Kept>(method, 'authenticators/recovery-codes', method === 'POST' ? {} : undefined),
      ({ data }) => {
        setCodes((data as Kept | null)?.unused_codes ?? []);
      },
    );
  };
  return (
    <>
      <p className="spread">
        <b>{words.recovery}</b>
        <span className="mute base">{words.left(codes?.length ?? left)}</span>
      </p>
      {sure.fault && <Note look="alert">{sure.fault}</Note>}
      {codes && (
        <>
          <ul className="account-codes">
            {codes.map((code) => (
              <li key={code}>{code}</li>
            ))}
          </ul>
          <p className="mute base">{words.keep}</p>
        </>
      )}
      <Button look="second" size="small" disabled={sure.busy} onClick={() => { ask(codes ? 'POST' : 'GET'); }}>
        {codes ? words.fresh : words.show}
      </Button>
      {sure.dialog}
    </>
  );
}
