import { useEndSignIn, useSignIns, type SignInEntry } from '../../data/account';
import { problemText } from '../../data/problemText';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Chip } from '../../ui/Chip';
import { Note } from '../../ui/Note';
import { browserName } from './browserName';
import { Part } from './Frame';
import { whenText } from './whenText';

const nameOf = (entry: SignInEntry): string => (entry.kind === 'token' ? text.signIns.program : browserName(entry.client));

/** Browsers and programs that are signed in; what is ended here closes within seconds. */
export function SignInsPart() {
  const words = text.signIns;
  const entries = useSignIns();
  const end = useEndSignIn();
  const fault = problemText(entries.error ?? end.error);
  const rows = entries.data ?? [];
  return (
    <Part title={words.title}>
      {fault && <Note look="alert">{fault}</Note>}
      <ul className="account-list">
        {rows.map((entry) => (
          <li key={entry.id}>
            <span className="grow">
              <b className="clip">{nameOf(entry)}</b>
              <span className="mute base">{[words.since(whenText(entry.created_at)), entry.ip].filter(Boolean).join(' · ')}</span>
            </span>
            {entry.current ? (
              <Chip look="ok">{words.here}</Chip>
            ) : (
              <button
                type="button"
                className="account-end"
                aria-label={words.endThis(nameOf(entry))}
                disabled={end.isPending}
                onClick={() => {
                  end.mutate(entry.id);
                }}
              >
                {words.end}
              </button>
            )}
          </li>
        ))}
      </ul>
      {rows.length > 1 && (
        <Button
          look="alert-line"
          size="small"
          disabled={end.isPending}
          onClick={() => {
            end.mutate(null);
          }}
        >
          {words.others}
        </Button>
      )}
    </Part>
  );
}
