import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';

const listeners = new Set<() => void>();
const system = window.matchMedia('(prefers-color-scheme: dark)');

function currentTheme(): Theme {
  return document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
}

function show(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme;
  for (const listener of listeners) listener();
}

function findStored(): string | null {
  try {
    return localStorage.getItem('voltrun-theme');
  } catch {
    return null; // storage refused: the choice lasts as long as the page
  }
}

export function chooseTheme(theme: Theme): void {
  try {
    localStorage.setItem('voltrun-theme', theme);
  } catch {
    // as above
  }
  show(theme);
}

system.addEventListener('change', (event) => {
  if (!findStored()) show(event.matches ? 'dark' : 'light');
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function useTheme(): Theme {
  return useSyncExternalStore(subscribe, currentTheme);
}
