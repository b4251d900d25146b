import { expect, test } from 'vitest';
import { decideAgentStatus } from '../../../../lib/domain/agents/agent-status.ts';
import type { SecretName } from '../../../../lib/domain/secret-names.ts';

const here = (...set: SecretName[]) => ({
  isHere: true,
  isSet: (name: SecretName) => set.includes(name),
});

test.each([
  ['none', here('CODEGEN_API_TOKEN', 'CODEGEN_ORG_ID'), { kind: 'off' }],
  ['codegen', here('CODEGEN_API_TOKEN', 'CODEGEN_ORG_ID'), { kind: 'ready', provider: 'codegen' }],
  [
    'codegen',
    here('CODEGEN_API_TOKEN', 'CURSOR_API_KEY'),
    { kind: 'not-set-up', provider: 'codegen', missing: ['CODEGEN_ORG_ID'] },
  ],
  ['cursor', here(), { kind: 'not-set-up', provider: 'cursor', missing: ['CURSOR_API_KEY'] }],
  ['command', here(), { kind: 'ready', provider: 'command' }],
  ['command', { ...here(), isHere: false }, { kind: 'not-here', provider: 'command' }],
] as const)('of %s, with what is set: %j', (wanted, known, status) => {
  expect(decideAgentStatus(wanted, known)).toEqual(status);
});
