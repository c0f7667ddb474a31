/// <reference types="vitest/config" />
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { budget } from './build/budget.ts';
import { compress } from './build/compress.ts';
import { offline } from './build/offline.ts';
import { opening } from './build/opening.ts';

const BASE = '/static/';

const page = (name: string) => resolve(import.meta.dirname, `${name}.html`);

/** Five pages over one library. The server hands out the html; everything else lies under /static/. */
export default defineConfig({
  base: BASE,
  plugins: [react(), opening(), budget(), offline(BASE), compress()],
  build: {
    target: 'es2022',
    sourcemap: true,
    // MapLibre is one large chunk on purpose: it is fetched after the page is usable.
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: {
        index: page('index'),
        driver: page('driver'),
        ops: page('ops'),
        crew: page('crew'),
        account: page('account'),
        stories: page('stories'),
        sw: resolve(import.meta.dirname, 'src/offline/worker.ts'),
      },
      // The worker's address must not change: it is how the browser finds its next version.
      output: {
        entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js'),
        // What pages share comes in one file: on a slow line twenty small ones wait for one another.
        codeSplitting: { groups: [{ name: 'shared', tags: ['$initial'], minShareCount: 2 }] },
      },
    },
  },
  worker: { format: 'es' },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
