import { useEffect, useState, type FormEvent } from 'react';
import { common } from '../../i18n/common';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { DialogHead } from '../../ui/DialogHead';
import { Field } from '../../ui/Field';
import { useTell } from './useTell';

/** Asks for the password once more: a session left open on a desk changes nothing. */
export function Sure({ onSure, onLeave }: { onSure: () => void; onLeave: () => void }) {
  const words = text.sure;
  const [password, setPassword] = useState('');
  const check = useTell('POST', 'reauthenticate');
  useEffect(() => {
    if (check.done) onSure();
  }, [check.done, onSure]);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    check.mutate({ password });
  };
  return (
    <Dialog label={words.title} onClose={onLeave}>
      <DialogHead title={words.title} backLabel={words.cancel} onBack={onLeave} />
      <p>{words.lead}</p>
      <form className="account-form" onSubmit={submit}>
        <Field data-first label={common.signIn.password} type="password" autoComplete="current-password" required fault={check.fault} value={password} onChange={(event) => { setPassword(event.target.value); }} />
        <Button type="submit" disabled={check.isPending}>
          {words.go}
        </Button>
      </form>
    </Dialog>
  );
}
