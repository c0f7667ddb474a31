import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';
import { findPage, isFrench, listReached } from './reach.ts';

const KB = 1000;

/** Script before the map, compressed, in kB: a page above its budget is a build that fails. French is counted in. */
export const budgets: Record<string, number> = { index: 120, driver: 120, crew: 120, ops: 250, account: 120 };

export function budget(): Plugin {
  return {
    name: 'voltrun-budget',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const [page, limit] of Object.entries(budgets)) {
        const entry = findPage(bundle, page);
        if (!entry) continue;
        const chunks = listReached(bundle, entry, isFrench);
        const size = chunks.reduce((sum, chunk) => sum + gzipSync(chunk.code, { level: 9 }).length, 0) / KB;
        const told = `${page}: ${size.toFixed(1)} kB of script before the map, ${String(limit)} kB are allowed`;
        if (size > limit) this.error(told);
        process.stderr.write(`${told}\n`);
      }
    },
  };
}
