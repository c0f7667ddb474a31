import { useState } from 'react';
import type { ChargerDetail as Detail } from '../../api/opsTypes';
import { useCharger } from '../../data/chargers';
import { problemText } from '../../data/problemText';
import { ago } from '../../format/ago';
import { kw } from '../../format/kw';
import { text } from '../../i18n/chargers';
import { useTick } from '../../live/useTick';
import { wallNowMs } from '../../live/worldClock';
import { Kv } from '../../ui/Kv';
import { Note } from '../../ui/Note';
import { Segmented } from '../../ui/Segmented';
import { Skeleton } from '../../ui/Skeleton';
import { ChargerCommands } from './ChargerCommands';
import { ChargerChip, placeOf } from './ChargerList';
import { ChargerMessages } from './ChargerMessages';
import { ChargerOrder } from './ChargerOrder';
import { ChargerSessions } from './ChargerSessions';

type Part = 'messages' | 'commands' | 'sessions';

/** Lines are of the human clock, whatever the speed of the world. */
const age = (instant: string | null): string => (instant ? text.ago(ago(wallNowMs() - Date.parse(instant))) : text.never);

function Facts({ charger }: { charger: Detail }) {
  useTick(1000);
  const rows: [string, string][] = [
    [text.version, charger.protocol],
    [text.box, [charger.vendor, charger.model].filter(Boolean).join(' ') || '–'],
    [text.rated, `${kw(charger.power_kw)} · ${charger.connectors.join(', ')}`],
    [text.heard, age(charger.seen_at)],
  ];
  if (charger.firmware) rows.push([text.firmware, charger.firmware]);
  if (charger.limit_kw !== null) rows.push([text.derated, kw(charger.limit_kw, 1)]);
  if (charger.online) rows.push([text.since, age(charger.connected_at)]);
  return <Kv rows={rows} />;
}

/** One charger: what it is and does, what to tell it, and all that was said. */
export function ChargerDetail({ id, zone }: { id: string; zone: string }) {
  const [part, setPart] = useState<Part>('messages');
  const asked = useCharger(id);
  const charger = asked.data;
  if (!charger) {
    return asked.isError ? <Note look="alert">{problemText(asked.error)}</Note> : <Skeleton lines={8} sentence={text.loading} />;
  }
  return (
    <>
      <div className="chargers-head">
        <div className="grow">
          <h3>{charger.identity}</h3>
          <p className="mute">{placeOf(charger)}</p>
        </div>
        {charger.power_w !== null && charger.power_w > 0 && <b className="chargers-power">{kw(charger.power_w / 1000, 1)}</b>}
        <ChargerChip charger={charger} />
      </div>
      {charger.alarm && <Note look="alert">{text.alarmed}</Note>}
      {charger.error_code && <Note look="alert">{text.error(charger.error_code)}</Note>}
      <div className="chargers-top">
        <Facts charger={charger} />
        <ChargerOrder id={id} />
      </div>
      <Segmented
        dense
        label={charger.identity}
        value={part}
        onChange={setPart}
        options={[
          { value: 'messages', text: text.messages },
          { value: 'commands', text: text.commands },
          { value: 'sessions', text: text.sessions },
        ]}
      />
      {part === 'messages' && <ChargerMessages rows={charger.messages} zone={zone} />}
      {part === 'commands' && <ChargerCommands rows={charger.commands} />}
      {part === 'sessions' && <ChargerSessions rows={charger.sessions} zone={zone} />}
    </>
  );
}
