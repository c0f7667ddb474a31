import type { Page } from 'playwright-core';

/** What no language changes: units of measure, and the names of the languages themselves. */
const FIXED = /\b(kWh|kW|km|min|Voltrun|OCPP|API|FR|EN)\b/g;

/** Figures, times and amounts beside a name; and commas, which stand between names as well as within one. */
const FIGURES = /[\d:%€+−–,]/g;

/** Every text of the page that a reader sees or hears, with the strange language's own taken out. */
async function plainTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const texts = new Set<string>();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node instanceof Element) {
        for (const name of ['aria-label', 'title', 'placeholder', 'alt']) texts.add(node.getAttribute(name) ?? '');
      } else if (!node.parentElement?.closest('script, style')) texts.add(node.textContent ?? '');
    }
    return [...texts];
  });
}

function outsideBrackets(text: string): string {
  let depth = 0;
  let rest = '';
  for (const letter of text) {
    if (letter === '⟦') depth += 1;
    else if (letter === '⟧') depth -= 1;
    else if (depth === 0) rest += letter;
  }
  return rest;
}

/** Every text that stands as a value in what the house sent; the names of fields are no words of the house. */
function* valuesOf(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) yield* valuesOf(part);
}

const isWord = (text: string): boolean => /[A-Za-z]{2}/.test(text);
const bare = (text: string): string => text.replaceAll(FIGURES, ' ').replaceAll(/\s+/g, ' ').trim();

/** Whether the house knows a place of that very name: the map names streets too, and its tiles are no text. */
async function isPlace(page: Page, name: string): Promise<boolean> {
  const found = await page.evaluate(async (asked) => {
    const answer = await fetch(`/api/places?q=${encodeURIComponent(asked)}`);
    return answer.ok ? ((await answer.json()) as { results: { name: string }[] }).results : [];
  }, name);
  return found.some((place) => bare(place.name) === name);
}

/** Texts that are in no catalogue and that the house did not send either; `sent` are documents, as they came. */
export async function listStrays(page: Page, sent: readonly string[]): Promise<string[]> {
  // Figures stand beside a name or within it ("8 Quai Albert 1er"): both sides are compared without.
  const said = sent.flatMap((document) => [...valuesOf(JSON.parse(document))]).map((text) => ` ${bare(text)} `);
  const known = [...new Set(said)].join('\n');
  const isSaid = (part: string) => !isWord(part) || known.includes(` ${part} `);
  const texts = (await plainTexts(page)).map((text) => outsideBrackets(text).replaceAll(FIXED, '').trim()).filter(isWord);
  const strays: string[] = [];
  for (const text of new Set(texts)) {
    const unsaid = isSaid(bare(text)) ? [] : text.split(/[·,]/).map(bare).filter((part) => !isSaid(part));
    const places = await Promise.all(unsaid.map((part) => isPlace(page, part)));
    if (places.includes(false)) strays.push(text);
  }
  return strays;
}
