import { useSyncExternalStore } from 'react';

function subscribe(listener: () => void): () => void {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

/** Whether the device has a network at all; a socket may take long to notice that it has none. */
export const useOnline = (): boolean => useSyncExternalStore(subscribe, () => navigator.onLine);
