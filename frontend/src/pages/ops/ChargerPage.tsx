import { useEffect, useRef } from 'react';
import { problemText } from '../../data/problemText';
import { useChargers } from '../../data/chargers';
import { text } from '../../i18n/chargers';
import { text as ops } from '../../i18n/ops';
import { Icon } from '../../ui/Icon';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { ChargerDetail } from './ChargerDetail';
import { ChargerList } from './ChargerList';
import './charger.css';
import { leavePlace } from './place';
import { chargerAddress } from './useChargerAddress';

/** What do the chargers do? All of them, and one from its status down to its frames. */
export default function ChargerPage({ id, zone }: { id: string; zone: string }) {
  const asked = useChargers();
  const close = useRef<HTMLButtonElement>(null);
  const rows = asked.data ?? [];
  const chosen = rows.find((row) => [row.id, row.unit, row.plug].includes(id));
  useEffect(() => {
    close.current?.focus();
  }, []);
  return (
    <section
      className={chosen ? 'chargers one' : 'chargers'}
      aria-label={text.title}
      onKeyDown={(event) => {
        // The console behind keeps its keys to itself while this is open.
        event.stopPropagation();
        if (event.key === 'Escape') leavePlace();
      }}
    >
      <header>
        <a className="chargers-back" href={chargerAddress()}>
          <Icon name="back" size={18} /> {text.toList}
        </a>
        <h2>{text.title}</h2>
        <span className="mute grow">{asked.data && text.count(rows.filter((row) => row.online).length, rows.length)}</span>
        <button type="button" className="plain-button" ref={close} aria-label={ops.close} onClick={leavePlace}>
          <Icon name="cross" />
        </button>
      </header>
      <div className="chargers-list" tabIndex={-1}>
        {asked.isError && <Note look="alert">{problemText(asked.error)}</Note>}
        {asked.isPending && <Skeleton lines={8} sentence={text.loading} />}
        {asked.data?.length === 0 && <p className="pane-empty">{text.none}</p>}
        <ChargerList rows={rows} chosen={chosen?.id ?? null} />
      </div>
      <div className="chargers-one" tabIndex={0} role="region" aria-label={chosen?.identity ?? text.open}>
        {chosen ? <ChargerDetail key={chosen.id} id={chosen.id} zone={zone} /> : <p className="pane-empty">{text.choose}</p>}
      </div>
    </section>
  );
}
