import { useSyncExternalStore } from 'react';

/** The request followed is in the address, so that a reload or a shared screen finds it again. */
const listeners = new Set<() => void>();

function find(): string | null {
  return new URLSearchParams(location.search).get('request');
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('popstate', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('popstate', listener);
  };
}

export const useFollowed = (): string | null => useSyncExternalStore(subscribe, find);

export function follow(id: string | null): void {
  history.pushState(null, '', id ? `?request=${encodeURIComponent(id)}` : location.pathname);
  for (const listener of listeners) listener();
}
