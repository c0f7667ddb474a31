import { useSyncExternalStore } from 'react';

/** `pseudo` is English made strange, so that text outside the catalogues stands out; no menu offers it. */
export type Language = 'en' | 'fr' | 'pseudo';

const KEY = 'voltrun-language';
const locales: Record<Language, string> = { en: 'en-GB', fr: 'fr-FR', pseudo: 'en-GB' };

let current: Language = 'en';
const listeners = new Set<() => void>();

const isLanguage = (value: unknown): value is Language => typeof value === 'string' && Object.hasOwn(locales, value);

/** The language chosen before, else the first of the reader's that we speak, else English. */
export function pickLanguage(stored: string | null, wanted: readonly string[]): Language {
  if (isLanguage(stored)) return stored;
  for (const tag of wanted) {
    const base = tag.split('-')[0]?.toLowerCase();
    if (base === 'en' || base === 'fr') return base;
  }
  return 'en';
}

export function findLanguage(): Language {
  try {
    return pickLanguage(localStorage.getItem(KEY), navigator.languages);
  } catch {
    return pickLanguage(null, navigator.languages); // storage refused
  }
}

export function keepLanguage(language: Language): void {
  try {
    localStorage.setItem(KEY, language);
  } catch {
    // the choice lasts as long as the page
  }
}

export const language = (): Language => current;

/** How numbers, money and dates are written. */
export const locale = (): string => locales[current];

/** For the catalogues only: they change first, then everybody is told. */
export function setLanguage(next: Language): void {
  current = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export const useLanguage = (): Language => useSyncExternalStore(subscribe, language, language);
