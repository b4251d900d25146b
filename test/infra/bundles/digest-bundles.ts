/** Bundles the functions that are named and says what they have become, for a test to compare. */
import { bundleFunction } from '../../../infra/constructs/bundling/bundle-function.ts';
import { architecture, config, digestOf } from './bundled-functions.ts';

const digests = process.argv
  .slice(2)
  .map((name) => digestOf(bundleFunction({ name, architecture, config }).folder));
process.stdout.write(JSON.stringify(digests));
