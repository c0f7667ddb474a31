import { defineConfig } from 'vitest/config';

/** Figures, not verdicts: run by `npm run measure` against a running house. */
export default defineConfig({
  test: { include: ['e2e/**/*.measure.ts'], environment: 'node', fileParallelism: false, testTimeout: 240_000, hookTimeout: 120_000 },
});
