import { ConfigError } from '../lib/domain/errors.ts';
import { loadConfig } from '../lib/runtime/config.ts';
import { createCicdApp } from './cicd-app.ts';
import { bundleFunction } from './constructs/bundling/bundle-function.ts';

/** What `npx cdk` runs, by cdk.json: in the project's folder. */
try {
  const { config } = await loadConfig('cicd.config.ts');
  const { app } = createCicdApp({ config, bundle: bundleFunction, environment: process.env });
  app.synth();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
