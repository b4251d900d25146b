import { defineConfig } from './lib/runtime/config.ts';

/** Every field, with its default, is documented in lib/runtime/config-schema.ts. */
export default defineConfig({
  repositories: [
    {
      // This very repository, so that there is something to see. Put your own beside or instead of it.
      name: 'autonomous-cicd',
      source: '.',
      components: {
        functions: ['functions/**'],
        lib: ['lib/**'],
        infra: ['infra/**'],
      },
    },
  ],
});
