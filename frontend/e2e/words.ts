import type { Page } from 'playwright-core';

/** What no language changes: units of measure, and the names of the languages themselves. */
const FIXED = /\b(kWh|kW|km|min|Voltrun|OCPP|API|FR|EN)\b/g;

/** Figures, times and amounts beside a name. */
const FIGURES = /[\d:+−–]/g;

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

/** Texts that are in no catalogue and that the house did not send either. */
export async function listStrays(page: Page, sent: readonly string[]): Promise<string[]> {
  const known = sent.join('\n');
  const strays = (await plainTexts(page)).map((text) => outsideBrackets(text).replaceAll(FIXED, '').trim());
  return [...new Set(strays)].filter((text) => /[A-Za-z]{2}/.test(text) && !text.split(/[·,]/).every((part) => known.includes(part.replaceAll(FIGURES, '').trim())));
}
