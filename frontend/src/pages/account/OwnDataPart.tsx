import { useOwnData } from '../../data/ownData';
import { problemText } from '../../data/problemText';
import { text } from '../../i18n/account';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { ErasePart } from './ErasePart';
import { Part } from './Frame';
import { saveFile } from './saveFile';

/** What is kept of one, as a file; and the end of it. */
export function OwnDataPart({ email }: { email: string }) {
  const words = text.mine.data;
  const load = useOwnData();
  const fault = problemText(load.error);
  return (
    <Part title={words.title}>
      <p className="mute">{words.lead}</p>
      {fault && <Note look="alert">{fault}</Note>}
      {load.isSuccess && <Note look="ok">{words.saved}</Note>}
      <Button
        look="second"
        size="small"
        disabled={load.isPending}
        onClick={() => {
          load.mutate(undefined, { onSuccess: (kept) => { saveFile('voltrun-my-data.json', kept); } });
        }}
      >
        {words.save}
      </Button>
      <ErasePart email={email} />
    </Part>
  );
}
