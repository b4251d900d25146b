import { expect, test } from 'vitest';
import { agentEnvironment } from '../../../../lib/adapters/command/agent-environment.ts';

test('an agent sees what programs need, and what was named', () => {
  const host = {
    PATH: '/bin',
    HOME: '/home/ada',
    LANG: 'de_DE.UTF-8',
    LC_TIME: 'C',
    TERM: 'xterm',
    TMPDIR: '/tmp',
    GITHUB_TOKEN: 'secret',
    NODE_OPTIONS: '--inspect',
    ANTHROPIC_API_KEY: 'named',
  };
  const named = ['ANTHROPIC_API_KEY', 'NOT_SET'];
  expect(agentEnvironment(host, named, { id: '1', temporary: '/runs/1/tmp' })).toEqual({
    PATH: '/bin',
    HOME: '/home/ada',
    LANG: 'de_DE.UTF-8',
    LC_TIME: 'C',
    TERM: 'dumb',
    TMPDIR: '/runs/1/tmp',
    CICD_AGENT_RUN: '1',
    ANTHROPIC_API_KEY: 'named',
  });
});
