import { useSyncExternalStore } from 'react';
import type { StreamStore, StreamView } from './store';

export function useStream<T>(store: StreamStore<T>): StreamView<T> {
  return useSyncExternalStore(store.subscribe, store.view);
}
