import { afterEach, beforeEach, expect, test } from 'vitest';
import { analyze } from '../../../infra/cli/actions/analyze.ts';
import { resume } from '../../../infra/cli/actions/pause.ts';
import { start } from '../../../infra/cli/actions/start.ts';
import { agentRunVariable } from '../../../lib/runtime/local-environment.ts';

const id = '0f0e0d0c-0000-4000-8000-000000000000';
/** Where commands get no further than to their settings. */
const config = '/nowhere/cicd.config.ts';

beforeEach(() => void (process.env[agentRunVariable] = id));
afterEach(() => void delete process.env[agentRunVariable]);

test('an agent starts no host, ends no pause and asks no agents', async () => {
  const refusal = new RegExp(`is for people: this was called by agent run ${id}`);
  await expect(start({ config })).rejects.toThrow(refusal);
  await expect(resume({ config })).rejects.toThrow(refusal);
  await expect(analyze('lib', { config, format: 'md', agents: true })).rejects.toThrow(refusal);
});

test('an agent may have linters and parsers asked, and people anything', async () => {
  const noConfig = 'there is no such file';
  await expect(analyze('lib', { config, format: 'md' })).rejects.toThrow(noConfig);
  delete process.env[agentRunVariable];
  await expect(analyze('lib', { config, format: 'md', agents: true })).rejects.toThrow(noConfig);
  await expect(resume({ config })).rejects.toThrow(noConfig);
});
