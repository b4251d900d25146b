import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // More than two cores: much of a scenario is waiting for a host to start, or for a time-out.
    maxWorkers: 3,
    // Coloured output of child processes would depend on the terminal that runs the tests.
    env: { NO_COLOR: '1' },
    projects: [
      // Unit tests leave nothing behind: they share workers, and load what they test once.
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], isolate: false },
      },
      {
        extends: true,
        test: { name: 'system', include: ['test/{contract,scenario,infra}/**/*.test.ts'] },
      },
    ],
  },
});
