/** What comes over a stream. `seq` counts durable events without gaps; live values have none. */
export interface SnapshotFrame {
  type: 'snapshot';
  seq: number;
  at: string;
  data: unknown;
}
export interface BeatFrame {
  type: 'beat';
  seq: number;
  now: string;
  speed: number;
}
export interface LiveFrame {
  type: 'live';
  at: string;
  data: unknown;
}
export interface DurableFrame {
  type: 'durable';
  event: string;
  seq: number;
  at: string;
  data: unknown;
}
export type Frame = SnapshotFrame | BeatFrame | LiveFrame | DurableFrame;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** Reads one message; null for anything that is not a frame we know. */
export function parseFrame(raw: string): Frame | null {
  let message: unknown;
  try {
    message = JSON.parse(raw);
  } catch {
    return null;
  }
  if (!isRecord(message) || typeof message['type'] !== 'string') return null;
  const { type, seq, data } = message;
  const at = typeof message['at'] === 'string' ? message['at'] : '';
  if (type === 'live') return { type, at, data };
  if (typeof seq !== 'number') return null;
  if (type === 'snapshot') return { type, seq, at, data };
  if (type === 'beat') {
    const { now, speed } = message;
    return typeof now === 'string' && typeof speed === 'number' ? { type, seq, now, speed } : null;
  }
  return { type: 'durable', event: type, seq, at, data };
}
