/// <reference types="vitest/config" />
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const page = (name: string) => resolve(import.meta.dirname, `${name}.html`);

/** Four pages over one library. The server hands out the html; everything else lies under /static/. */
export default defineConfig({
  base: '/static/',
  plugins: [react()],
  build: {
    target: 'es2022',
    sourcemap: true,
    // MapLibre is one large chunk on purpose: it is fetched after the page is usable.
    chunkSizeWarningLimit: 1200,
    rollupOptions: {
      input: { index: page('index'), driver: page('driver'), ops: page('ops'), crew: page('crew') },
    },
  },
  worker: { format: 'es' },
  test: { include: ['src/**/*.test.ts'], environment: 'node' },
});
