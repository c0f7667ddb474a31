import { useSyncExternalStore } from 'react';

const PLACE = '#chargers';

const read = (): string => location.hash;

function listen(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange);
  return () => {
    window.removeEventListener('hashchange', onChange);
  };
}

/** The address of the chargers, or of one: by its own id, its unit's or its plug's. */
export const chargerAddress = (id = ''): string => (id ? `${PLACE}/${id}` : PLACE);

/** Which charger the address names; '' for all of them, null for the console itself. */
export function useChargerAddress(): string | null {
  const hash = useSyncExternalStore(listen, read);
  if (hash !== PLACE && !hash.startsWith(`${PLACE}/`)) return null;
  return decodeURIComponent(hash.slice(PLACE.length + 1));
}

/** Back to the console, as the address before it. */
export function leaveChargers(): void {
  history.replaceState(null, '', location.pathname + location.search);
  window.dispatchEvent(new HashChangeEvent('hashchange'));
}
