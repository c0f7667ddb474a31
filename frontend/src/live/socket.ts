import { backoffMs } from './backoff';
import { parseFrame, type Frame } from './frames';

/**
 * `polling`: there is no stream, and the house answers when asked. `refused`: it said that there is nothing here
 * for this caller; asking again would not help.
 */
export type Connection = 'connecting' | 'live' | 'lost' | 'polling' | 'refused';

export interface SocketHandlers {
  /** The address to call, asked anew for each try: it says what we have seen. */
  address: () => string;
  onFrame: (frame: Frame, send: (message: object) => void) => void;
  onConnection: (connection: Connection) => void;
}

/** Beats come every 5 s: this long without a word, the line is dead even if the socket does not know. */
const SILENCE_MS = 12_000;

/** Closing codes of the house: not yours, and no longer yours. */
const REFUSED = [4404, 4401];

/** Keeps one socket open until closed: back-off, and at once when the network or the reader comes back. */
export function openSocket(handlers: SocketHandlers): () => void {
  let socket: WebSocket | null = null;
  let attempt = 0;
  let timer = 0;
  let watch = 0;
  let closed = false;
  let refused = false;

  const heard = () => {
    clearTimeout(watch);
    watch = window.setTimeout(() => socket?.close(), SILENCE_MS);
  };

  const connect = () => {
    clearTimeout(timer);
    const opened = new WebSocket(handlers.address());
    socket = opened;
    heard();
    opened.onmessage = (event) => {
      if (opened !== socket) return;
      heard();
      const frame = typeof event.data === 'string' ? parseFrame(event.data) : null;
      if (!frame) return;
      attempt = 0;
      handlers.onConnection('live');
      handlers.onFrame(frame, (message) => {
        if (opened.readyState === WebSocket.OPEN) opened.send(JSON.stringify(message));
      });
    };
    opened.onclose = (event) => {
      if (closed || opened !== socket) return;
      if (REFUSED.includes(event.code)) {
        refused = true;
        clearTimeout(watch);
        handlers.onConnection('refused');
        return;
      }
      handlers.onConnection('lost');
      timer = window.setTimeout(connect, backoffMs(attempt, Math.random()));
      attempt += 1;
    };
  };

  const hurry = () => {
    const idle = socket === null || socket.readyState > WebSocket.OPEN;
    if (idle && !closed && !refused && document.visibilityState === 'visible') {
      attempt = 0;
      connect();
    }
  };

  handlers.onConnection('connecting');
  connect();
  window.addEventListener('online', hurry);
  document.addEventListener('visibilitychange', hurry);
  return () => {
    closed = true;
    clearTimeout(timer);
    clearTimeout(watch);
    window.removeEventListener('online', hurry);
    document.removeEventListener('visibilitychange', hurry);
    socket?.close();
  };
}
