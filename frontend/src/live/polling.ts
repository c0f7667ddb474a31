/** A line that was lost a moment ago mostly comes back by itself. */
const PATIENCE_MS = 4000;
const EVERY_MS = 5000;

export interface Polling {
  /** The line is lost: ask for the whole document every few seconds, after a moment of patience. */
  start: () => void;
  stop: () => void;
}

export interface PollingHandlers {
  load: (signal: AbortSignal) => Promise<unknown>;
  onDocument: (document: unknown) => void;
  onFailed: () => void;
  /** Whether anybody looks at the page. */
  isSeen: () => boolean;
}

/** Asks where the stream is silent; one question at a time, none while nobody looks. */
export function createPolling({ load, onDocument, onFailed, isSeen }: PollingHandlers): Polling {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let asking: AbortController | null = null;

  const later = (ms: number) => {
    timer = setTimeout(ask, ms);
  };
  function ask() {
    if (!isSeen()) {
      later(EVERY_MS);
      return;
    }
    const asked = new AbortController();
    asking = asked;
    load(asked.signal)
      .then((found) => {
        if (!asked.signal.aborted) onDocument(found);
      })
      .catch(() => {
        if (!asked.signal.aborted) onFailed();
      })
      .finally(() => {
        if (!asked.signal.aborted) later(EVERY_MS);
      });
  }
  return {
    start: () => {
      if (timer === null) later(PATIENCE_MS);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      asking?.abort();
    },
  };
}
