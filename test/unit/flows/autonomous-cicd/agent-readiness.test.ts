import { expect, test } from 'vitest';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { readAgentReadiness } from '../../../../lib/flows/autonomous-cicd/agent-readiness.ts';
import { RemoteAgents } from '../../../builders/remote-agents.ts';

test('agents are ready when their provider knows who asks', async () => {
  expect(await readAgentReadiness(new RemoteAgents())).toEqual({
    kind: 'ready',
    provider: 'codegen',
  });
});

test('they are off where none is wanted, or its credentials are not set', async () => {
  expect(await readAgentReadiness({ current: () => null })).toEqual({ kind: 'off' });
  const agents = new RemoteAgents();
  agents.isConfigured = false;
  expect(await readAgentReadiness(agents)).toEqual({ kind: 'off' });
});

test('they are not ready where the provider refuses, in its words', async () => {
  const agents = new RemoteAgents();
  agents.problem = new UpstreamError('CODEGEN_API_TOKEN is wrong.', {
    service: 'codegen',
    status: 401,
    retryable: false,
  });
  expect(await readAgentReadiness(agents)).toEqual({
    kind: 'not-ready',
    provider: 'codegen',
    reason: 'CODEGEN_API_TOKEN is wrong.',
  });
});
