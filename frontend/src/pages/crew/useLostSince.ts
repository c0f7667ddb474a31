import { useState } from 'react';
import type { Connection } from '../../live/socket';
import { worldNowMs } from '../../live/worldClock';

/** World time at which the line was lost; null while it is good. */
export function useLostSince(connection: Connection): number | null {
  const [seen, setSeen] = useState<{ connection: Connection; since: number | null }>({ connection, since: null });
  if (seen.connection !== connection) {
    const since = connection === 'lost' ? (seen.since ?? worldNowMs()) : null;
    setSeen({ connection, since });
    return since;
  }
  return seen.since;
}
