import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Plugin } from 'vite';

const EMPTY = '<div id="root"></div>';
const logo = readFileSync(resolve(import.meta.dirname, '../public/favicon.svg'), 'utf8').replace('<svg', '<svg class="icon" width="32" height="32" aria-hidden="true"');

/** The mark stands in the html, as `shell/Opening` draws it: a slow phone shows it long before the script is there. */
export function opening(): Plugin {
  return {
    name: 'voltrun-opening',
    transformIndexHtml: (html) => {
      if (!html.includes(EMPTY)) throw new Error('a page has no empty root to open with');
      return html.replace(EMPTY, `<div id="root"><main class="gate"><p class="gate-brand">${logo.trim()}Voltrun</p></main></div>`);
    },
  };
}
