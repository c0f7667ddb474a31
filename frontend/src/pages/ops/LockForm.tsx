import { useId, useState } from 'react';
import type { StopView } from '../../api/opsTypes';
import { clockTime } from '../../format/clockTime';
import { text } from '../../i18n/ops';
import { useLock, type LockWhat } from '../../data/locks';
import { problemText } from '../../data/problemText';
import { worldNowMs } from '../../live/worldClock';
import { Button } from '../../ui/Button';
import { Note } from '../../ui/Note';
import { Segmented } from '../../ui/Segmented';

const HOUR_MS = 3_600_000;
const hours = ['', '1', '2', '4'] as const;

/** Holds a visit to its unit, its time or both: why, and until when; or gives it back. */
export function LockForm({ stop, zone }: { stop: StopView; zone: string }) {
  const words = text.lock;
  const lock = useLock();
  const [what, setWhat] = useState<LockWhat>('unit');
  const [why, setWhy] = useState('');
  const [until, setUntil] = useState('');
  const reason = useId();
  const held = stop.lock;
  const send = (wanted: LockWhat | null) => {
    const untilAt = until ? new Date(worldNowMs() + Number(until) * HOUR_MS).toISOString() : null;
    lock.mutate({ stop: stop.id, what: wanted, why, until: untilAt });
  };
  if (held) {
    const kinds: Record<string, string> = words.kinds;
    return (
      <div className="lock-form">
        <p>
          {held.by_hand ? words.heldTo(kinds[held.what] ?? held.what) : words.told}
          {held.until && ` · ${words.until(clockTime(held.until, zone))}`}
        </p>
        {held.why && held.by_hand && <p className="mute">{held.why}</p>}
        {lock.error && <Note look="alert">{problemText(lock.error)}</Note>}
        {held.by_hand && (
          <Button size="console" look="second" disabled={lock.isPending} onClick={() => { send(null); }}>
            {words.giveBack}
          </Button>
        )}
      </div>
    );
  }
  return (
    <form
      className="lock-form"
      onSubmit={(event) => {
        event.preventDefault();
        send(what);
      }}
    >
      <Segmented
        dense
        label={words.what}
        value={what}
        onChange={setWhat}
        options={[
          { value: 'unit', text: words.kinds.unit },
          { value: 'time', text: words.kinds.time },
          { value: 'both', text: words.kinds.both },
        ]}
      />
      <label>
        {words.howLong}
        <select value={until} onChange={(event) => { setUntil(event.target.value); }}>
          {hours.map((count) => (
            <option key={count} value={count}>
              {count ? words.hours(count) : words.always}
            </option>
          ))}
        </select>
      </label>
      <label htmlFor={reason}>{words.why}</label>
      <input id={reason} value={why} maxLength={200} onChange={(event) => { setWhy(event.target.value); }} />
      {lock.error && <Note look="alert">{problemText(lock.error)}</Note>}
      <Button size="console" type="submit" disabled={lock.isPending}>
        {words.hold}
      </Button>
    </form>
  );
}
