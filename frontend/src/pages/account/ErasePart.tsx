import { useState, type FormEvent } from 'react';
import { eraseMe } from '../../data/ownData';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Dialog } from '../../ui/Dialog';
import { DialogHead } from '../../ui/DialogHead';
import { Field } from '../../ui/Field';
import { Note } from '../../ui/Note';
import { useSure } from './useSure';

/** Ends the account: what goes and what stays is said first, the address is typed, and the password asked for. */
export function ErasePart({ email }: { email: string }) {
  const words = text.mine.erase;
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="alert-line" size="small" onClick={() => { setOpen(true); }}>
        {words.open}
      </Button>
      {open && <EraseDialog email={email} onLeave={() => { setOpen(false); }} />}
    </>
  );
}

function EraseDialog({ email, onLeave }: { email: string; onLeave: () => void }) {
  const words = text.mine.erase;
  const [typed, setTyped] = useState('');
  const sure = useSure();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sure.run(() => eraseMe(typed), () => { location.replace('/account/erased'); });
  };
  return (
    <>
      <Dialog label={words.title} onClose={onLeave}>
        <DialogHead title={words.title} backLabel={text.sure.cancel} onBack={onLeave} />
        <p>{words.goes}</p>
        <p>{words.stays}</p>
        <p>{words.forGood}</p>
        <form className="account-form" onSubmit={submit}>
          <Field data-first label={words.type(email)} type="email" autoComplete="off" required value={typed} onChange={(event) => { setTyped(event.target.value); }} />
          {sure.fault && (
            <Note look="alert">
              {sure.fault} {sure.code === 'requests_open' && <a href="/driver/">{text.mine.open.driver}</a>}
            </Note>
          )}
          <Button type="submit" look="alert" disabled={sure.busy}>
            {words.go}
          </Button>
        </form>
      </Dialog>
      {sure.dialog}
    </>
  );
}
