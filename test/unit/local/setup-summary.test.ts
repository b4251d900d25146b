import { expect, test } from 'vitest';
import { formatSetup } from '../../../infra/local/setup-summary.ts';
import { parseConfig } from '../../../lib/runtime/config.ts';
import type { ConfigInput } from '../../../lib/runtime/config-schema.ts';
import type { Secrets } from '../../../lib/runtime/secrets.ts';

function agentsLine(config: ConfigInput, secrets: Secrets): string | undefined {
  const loaded = { config: parseConfig(config), folder: '/src' };
  const setup = { config: loaded, dataFolder: '/data', secrets, url: 'http://localhost:4200' };
  const lines = formatSetup(setup).split('\n');
  return lines
    .find((line) => line.startsWith('Agents'))
    ?.slice('Agents'.length)
    .trim();
}

const both: Secrets = { CODEGEN_API_TOKEN: ['of no worth'], CODEGEN_ORG_ID: ['42'] };

test.each([
  [{}, {}, 'not configured (set CODEGEN_API_TOKEN and CODEGEN_ORG_ID in .env)'],
  [{}, both, 'codegen: for labelled issues, and cicd analyze NAME --agents'],
  [{ agents: { provider: 'none' } }, both, "off (agents.provider is 'none' in cicd.config.ts)"],
] as const)('with %j and %j, of agents it says', (config, secrets, line) => {
  expect(agentsLine(config, secrets)).toBe(line);
});
