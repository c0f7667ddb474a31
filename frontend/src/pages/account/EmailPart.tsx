import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useAddresses } from '../../data/account';
import { tell, type Told } from '../../data/library';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { Field } from '../../ui/Field';
import { Note } from '../../ui/Note';
import { Part } from './Frame';
import { useSure } from './useSure';
import { useTell } from './useTell';

/** The address one signs in with, whether a letter to it was answered, and another in its place. */
export function EmailPart({ email }: { email: string }) {
  const words = text.mine.email;
  const addresses = useAddresses();
  const known = addresses.data?.find((one) => one.email === email);
  const next = addresses.data?.find((one) => one.email !== email && !one.verified);
  return (
    <Part title={words.title}>
      <p className="spread">
        <span className="clip">{email}</span>
        {known && <Chip look={known.verified ? 'ok' : 'amber'}>{known.verified ? words.verified : words.open}</Chip>}
      </p>
      {known && !known.verified && <Confirming email={email} go={words.send} />}
      {next ? <Waiting email={next.email} keep={() => tell('DELETE', 'email', { email: next.email })} /> : <Another />}
    </Part>
  );
}

/** A letter more to an address that was not confirmed. */
function Confirming({ email, go }: { email: string; go: string }) {
  const words = text.mine.email;
  const send = useTell('PUT', 'email');
  return (
    <>
      {send.fault && <Note look="alert">{send.fault}</Note>}
      {send.done ? (
        <Note look="ok">{words.sent}</Note>
      ) : (
        <Button look="second" size="small" disabled={send.isPending} onClick={() => { send.mutate({ email }); }}>
          {go}
        </Button>
      )}
    </>
  );
}

/** The new address, which takes the old one's place once its link is followed. */
function Waiting({ email, keep }: { email: string; keep: () => Promise<Told<unknown>> }) {
  const words = text.mine.email;
  const client = useQueryClient();
  const sure = useSure();
  return (
    <>
      <Note>{words.waiting(email)}</Note>
      {sure.fault && <Note look="alert">{sure.fault}</Note>}
      <Confirming email={email} go={words.again} />
      <Button look="second" size="small" disabled={sure.busy} onClick={() => { sure.run(keep, () => void client.invalidateQueries()); }}>
        {words.keep}
      </Button>
      {sure.dialog}
    </>
  );
}

function Another() {
  const words = text.mine.email;
  const client = useQueryClient();
  const sure = useSure();
  const [open, setOpen] = useState(false);
  const [fresh, setFresh] = useState('');
  const [asked, setAsked] = useState<string | null>(null);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    sure.run(
      () => tell('POST', 'email', { email: fresh }),
      () => {
        setAsked(fresh);
        setOpen(false);
        void client.invalidateQueries();
      },
    );
  };
  // An address that is another's is answered the same, and shows itself nowhere else.
  if (asked !== null) return <Note>{words.waiting(asked)}</Note>;
  if (!open) {
    return (
      <Button look="second" size="small" onClick={() => { setOpen(true); }}>
        {words.change}
      </Button>
    );
  }
  return (
    <>
      {sure.fault && <Note look="alert">{sure.fault}</Note>}
      <form className="account-form" onSubmit={submit}>
        <Field label={words.fresh} type="email" autoComplete="email" required value={fresh} onChange={(event) => { setFresh(event.target.value); }} />
        <Button type="submit" look="second" size="small" disabled={sure.busy}>
          {words.go}
        </Button>
      </form>
      {sure.dialog}
    </>
  );
}
