import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFactors, type Factor } from '../../data/account';
import { tell } from '../../data/library';
import { addPasskey, knowsPasskeys } from '../../data/passkeys';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { Part } from './Frame';
import { RecoveryCodes } from './RecoveryCodes';
import { TotpSetup } from './TotpSetup';
import { useSure } from './useSure';

const nameOf = (factor: Factor): string => (factor.type === 'totp' ? text.factors.totp : (factor.name ?? text.factors.passkeyName));

const removeFactor = (factor: Factor) =>
  factor.type === 'totp' ? tell('DELETE', 'authenticators/totp') : tell('DELETE', 'authenticators/webauthn', { authenticators: [factor.id] });

/** What guards the account beside the password: codes, passkeys, and codes for the day both are lost. */
export function FactorPart() {
  const words = text.factors;
  const client = useQueryClient();
  const factors = useFactors();
  const [adding, setAdding] = useState(false);
  const sure = useSure();
  const refresh = () => {
    setAdding(false);
    void client.invalidateQueries();
  };
  const held = (factors.data ?? []).filter(({ type }) => type !== 'recovery_codes');
  const spare = factors.data?.find(({ type }) => type === 'recovery_codes');
  const hasCodes = held.some(({ type }) => type === 'totp');
  return (
    <Part title={words.title}>
      {factors.data && held.length === 0 && <p className="mute">{words.none}</p>}
      {sure.fault && <Note look="alert">{sure.fault}</Note>}
      <ul className="account-list">
        {held.map((factor) => (
          <li key={`${factor.type}${String(factor.id ?? '')}`}>
            <b className="grow">{nameOf(factor)}</b>
            <button
              type="button"
              className="account-end"
              aria-label={words.remove(nameOf(factor))}
              disabled={sure.busy}
              onClick={() => {
                sure.run(() => removeFactor(factor), refresh);
              }}
            >
              {text.people.take}
            </button>
          </li>
        ))}
      </ul>
      {spare && <RecoveryCodes left={spare.unused_code_count ?? 0} />}
      {adding && <TotpSetup onDone={refresh} />}
      {!hasCodes && !adding && (
        <Button look="second" size="small" onClick={() => { setAdding(true); }}>
          {words.add}
        </Button>
      )}
      {knowsPasskeys() && (
        <Button
          look="second"
          size="small"
          disabled={sure.busy}
          onClick={() => {
            sure.run(() => addPasskey(`${words.passkeyName} ${String(held.length + 1)}`), refresh);
          }}
        >
          {words.addPasskey}
        </Button>
      )}
      {sure.dialog}
    </Part>
  );
}
