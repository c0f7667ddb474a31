import { createHash } from 'node:crypto';
import type { Plugin, Rollup } from 'vite';
import { findPage, isFrench, listReached } from './reach.ts';

/** Pages that open without a network. */
const PAGES = ['driver', 'crew'];
const WORKER = 'sw.js';
const FIXED = ['theme.js', 'favicon.svg', 'driver.webmanifest', 'crew.webmanifest', 'icons/icon-192.png'];

const stylesOf = (chunk: Rollup.OutputChunk): string[] => [...(chunk.viteMetadata?.importedCss ?? []), ...(chunk.viteMetadata?.importedAssets ?? [])];

/** Writes into the worker what the pages need to open: their script, styles and fonts, not the map. */
export function offline(base: string): Plugin {
  return {
    name: 'voltrun-offline',
    apply: 'build',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const worker = bundle[WORKER];
        if (worker?.type !== 'chunk') return;
        const files = new Set(FIXED);
        for (const page of PAGES) {
          const entry = findPage(bundle, page);
          for (const chunk of entry ? listReached(bundle, entry, isFrench) : []) {
            for (const file of [chunk.fileName, ...stylesOf(chunk)]) files.add(file);
          }
        }
        for (const file of Object.keys(bundle)) if (file.endsWith('.woff2')) files.add(file);
        const shell = [...PAGES.map((page) => `/${page}/`), ...[...files].map((file) => base + file)];
        const version = createHash('sha256').update(shell.join()).digest('hex').slice(0, 12);
        worker.code = worker.code.replace(/(["'`])@@SHELL@@\1/, () => JSON.stringify(JSON.stringify(shell))).replace('@@VERSION@@', version);
      },
    },
  };
}
