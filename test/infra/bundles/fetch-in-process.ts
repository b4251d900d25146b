/** Fetches a package for a test that is the registry meanwhile: fetching blocks a process. */
import { fetchPackage } from '../../../infra/constructs/bundling/fetch-package.ts';

const [locked = '', cache = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(fetchPackage(JSON.parse(locked), cache)));
