import { get } from '../api/client';
import { createPolling } from './polling';
import { isFields } from './records';
import { openSocket, type Connection } from './socket';
import { emptyStream, takeFrame, type StreamRules } from './stream';
import { noteWorldTime } from './worldClock';

export interface StreamView<T> {
  document: T | null;
  connection: Connection;
  /** Page time of the last word heard, for "live, 2 s ago". */
  heardAtMs: number;
}

export interface StreamStore<T> {
  subscribe: (listener: () => void) => () => void;
  view: () => StreamView<T>;
}

/** Readers hear at most this often; what lies between is folded into one. */
const THROTTLE_MS = 60;

function addressOf(path: string, seq: number): string {
  const url = new URL(path, location.href);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  if (seq >= 0) url.searchParams.set('after', String(seq));
  return url.href;
}

export interface StreamAddress {
  socket: string;
  /** The same document for the asking. */
  document: string;
}

/** One stream as an external store: open while somebody listens; asked for while it is lost. */
export function createStreamStore<T>(address: StreamAddress, rules: StreamRules<T>): StreamStore<T> {
  let state = emptyStream<T>();
  let view: StreamView<T> = { document: null, connection: 'connecting', heardAtMs: 0 };
  let pending = 0;
  let close: (() => void) | null = null;
  const listeners = new Set<() => void>();

  const tell = () => {
    pending = 0;
    for (const listener of listeners) listener();
  };
  const change = (next: Partial<StreamView<T>>, now: boolean) => {
    view = { ...view, ...next };
    if (now) {
      clearTimeout(pending);
      tell();
    } else if (pending === 0) pending = window.setTimeout(tell, THROTTLE_MS);
  };

  const connect = (connection: Connection) => {
    if (connection !== view.connection) change({ connection }, true);
  };
  const polling = createPolling({
    load: (signal) => get(address.document, signal),
    onDocument: (data) => {
      const seq = isFields(data) && typeof data['seq'] === 'number' ? data['seq'] : state.seq;
      state = takeFrame(state, { type: 'snapshot', seq, at: '', data }, rules).state;
      change({ document: state.document, heardAtMs: performance.now() }, false);
      connect('polling');
    },
    onFailed: () => {
      connect('lost');
    },
    isSeen: () => document.visibilityState === 'visible',
  });

  const open = () =>
    openSocket({
      address: () => addressOf(address.socket, state.seq),
      onConnection: (connection) => {
        if (connection === 'lost') polling.start();
        else polling.stop();
        // Each try that fails is news only when nobody answers us otherwise.
        if (!(connection === 'lost' && view.connection === 'polling')) connect(connection);
      },
      onFrame: (frame, send) => {
        if (frame.type === 'beat') noteWorldTime(frame.now, frame.speed);
        const step = takeFrame(state, frame, rules);
        const first = state.document === null;
        state = step.state;
        if (step.replayAfter !== null) send({ type: 'replay', after: step.replayAfter });
        change({ document: state.document, heardAtMs: performance.now() }, first);
      },
    });

  return {
    view: () => view,
    subscribe: (listener) => {
      listeners.add(listener);
      close ??= open();
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
          close?.();
          close = null;
          polling.stop();
        }
      };
    },
  };
}
