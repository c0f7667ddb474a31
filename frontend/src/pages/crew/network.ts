import type { Connection } from '../../live/socket';

export type Network = 'live' | 'syncing' | 'offline' | 'refused';

/** What the badge says: is my work safe, and is what I see fresh? */
export function networkOf(connection: Connection, waiting: number): Network {
  if (connection === 'lost') return 'offline';
  if (connection === 'refused') return 'refused';
  return waiting > 0 || connection === 'connecting' ? 'syncing' : 'live';
}
