import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['e2e/tour.ts'], environment: 'node', fileParallelism: false, testTimeout: 1_500_000, hookTimeout: 120_000 },
});
