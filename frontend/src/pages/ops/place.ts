import { useSyncExternalStore } from 'react';

/** The address of the house's own page. */
export const SYSTEM = '#system';

const read = (): string => location.hash;

function listen(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => {
    window.removeEventListener('hashchange', onChange);
  };
}

/** Which page above the console the address names; '' for the console itself. */
export const usePlace = (): string => useSyncExternalStore(listen, read);

/** Back to the console, as the address before it. */
export function leavePlace(): void {
  history.replaceState(null, '', location.pathname + location.search);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
