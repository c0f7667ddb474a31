import { setLanguage, type Language } from './language';

interface Catalogue {
  /** What the page reads; its content is changed in place, so read it when drawing and never keep a part of it. */
  words: object;
  english: object;
  loadFrench: () => Promise<object>;
}

const catalogues: Catalogue[] = [];

/** A page's words: English comes with the page, French is fetched when it is spoken. */
export function defineCatalogue<T extends object>(english: T, loadFrench: () => Promise<T>): T {
  const words = { ...english };
  catalogues.push({ words, english, loadFrench });
  return words;
}

async function loadWords({ english, loadFrench }: Catalogue, language: Language): Promise<object> {
  if (language === 'fr') return loadFrench();
  if (language === 'pseudo') return (await import('./pseudo')).makeStrange(english);
  return english;
}

/** Turns every catalogue of this page to a language, and tells who listens. */
export async function speak(language: Language): Promise<void> {
  const loaded = await Promise.all(catalogues.map((catalogue) => loadWords(catalogue, language)));
  catalogues.forEach(({ words }, index) => Object.assign(words, loaded[index]));
  document.documentElement.lang = language === 'fr' ? 'fr' : 'en';
  setLanguage(language);
}
