import type { Rollup } from 'vite';

type Bundle = Rollup.OutputBundle;

function chunkOf(bundle: Bundle, file: string): Rollup.OutputChunk | null {
  const found = bundle[file];
  return found?.type === 'chunk' ? found : null;
}

/** The chunk of a page's html. */
export function findPage(bundle: Bundle, page: string): Rollup.OutputChunk | null {
  for (const output of Object.values(bundle)) {
    if (output.type === 'chunk' && output.isEntry && output.facadeModuleId?.endsWith(`/${page}.html`)) return output;
  }
  return null;
}

/** A chunk with everything it imports before it runs, and of what it may fetch later only what `later` lets through. */
export function listReached(bundle: Bundle, first: Rollup.OutputChunk, later: (chunk: Rollup.OutputChunk) => boolean): Rollup.OutputChunk[] {
  const reached = new Set<Rollup.OutputChunk>();
  const visit = (chunk: Rollup.OutputChunk) => {
    if (reached.has(chunk)) return;
    reached.add(chunk);
    for (const file of chunk.imports) {
      const next = chunkOf(bundle, file);
      if (next) visit(next);
    }
    for (const file of chunk.dynamicImports) {
      const next = chunkOf(bundle, file);
      if (next && later(next)) visit(next);
    }
  };
  visit(first);
  return [...reached];
}

/** The words of another language come before the page is drawn. */
export const isFrench = (chunk: Rollup.OutputChunk): boolean => chunk.moduleIds.some((id) => id.includes('/i18n/fr/'));
