/** `node test/bench/read-source.ts API GLOB`: reads what an analysis needs of `acme/large`, and nothing else. */
import { createGithubAccess } from '../../lib/adapters/github/access/access.ts';
import { createGithubSourceHost } from '../../lib/adapters/github/source/source-host.ts';
import { collectFiles } from '../../lib/flows/component-analysis/collect-files.ts';
import { componentPaths } from '../../lib/flows/component-analysis/component-paths.ts';

const [apiUrl = '', glob = ''] = process.argv.slice(2);
const secrets = { get: () => Promise.resolve([]), refresh: () => Promise.resolve(false) };
const sourceHost = createGithubSourceHost(createGithubAccess({ secrets, apiUrl }));
const source = await sourceHost.open({ kind: 'github', repository: 'acme/large', ref: null });
const limits = { maxFileBytes: 1_000_000, maxTotalBytes: 100_000_000 };
const { files } = await collectFiles(source, componentPaths([glob]), limits);
process.stdout.write(`${files.length}\n`);
