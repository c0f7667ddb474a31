import { useEffect, useMemo, useSyncExternalStore } from 'react';
import type { Connection } from '../../live/socket';
import { Outbox, type OutboxView } from './outbox';
import { addAction, changeAction, dropAction, listActions } from './store';

const shelf = { listActions, addAction, changeAction, dropAction };

/** This person's outbox; it sends when the page opens, when the network comes back and when the stream lives again. */
export function useOutbox(person: string, connection: Connection): [Outbox, OutboxView] {
  const outbox = useMemo(() => new Outbox(person, shelf), [person]);
  const view = useSyncExternalStore(outbox.subscribe, outbox.read);
  useEffect(() => {
    const flush = () => void outbox.flush();
    window.addEventListener('online', flush);
    return () => {
      window.removeEventListener('online', flush);
      outbox.stop();
    };
  }, [outbox]);
  useEffect(() => {
    if (connection !== 'lost') void outbox.flush();
  }, [outbox, connection]);
  return [outbox, view];
}
