import { useAddresses } from '../../data/account';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { Note } from '../../ui/Note';
import { Part } from './Frame';
import { useTell } from './useTell';

/** The address one signs in with, and whether a letter to it was answered. */
export function EmailPart({ email }: { email: string }) {
  const words = text.mine.email;
  const addresses = useAddresses();
  const send = useTell('PUT', 'email');
  const known = addresses.data?.find((one) => one.email === email);
  return (
    <Part title={words.title}>
      <p className="spread">
        <span className="clip">{email}</span>
        {known && <Chip look={known.verified ? 'ok' : 'amber'}>{known.verified ? words.verified : words.open}</Chip>}
      </p>
      {send.fault && <Note look="alert">{send.fault}</Note>}
      {send.done && <Note look="ok">{words.sent}</Note>}
      {known && !known.verified && !send.done && (
        <Button
          look="second"
          size="small"
          disabled={send.isPending}
          onClick={() => {
            send.mutate({ email });
          }}
        >
          {words.send}
        </Button>
      )}
    </Part>
  );
}
