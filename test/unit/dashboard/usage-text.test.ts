import { expect, test } from 'vitest';
import { usageByDay } from '../../../lib/dashboard/usage-text.ts';

test('a row a day, with the agent runs of all providers and the services that were called', () => {
  const codegen = {
    provider: 'codegen',
    started: 3,
    succeeded: 1,
    failed: 1,
    minutes: 61.5,
  } as const;
  const command = { provider: 'command', started: 1, succeeded: 0, failed: 1, minutes: 2 } as const;
  const calls = [
    { service: 'github', calls: 1_204 },
    { service: 'codegen', calls: 0 },
  ] as const;
  const days = [
    { day: '2026-11-23', agentRuns: [codegen, command], calls: [...calls] },
    { day: '2026-11-22', agentRuns: [], calls: [] },
  ];
  expect(usageByDay({ days, quotas: [] })).toEqual({
    head: ['Day (UTC)', 'Agent runs', 'Failed', 'Minutes', 'github calls'],
    rows: [
      ['2026-11-23', '4', '2', '63.5', '1,204'],
      ['2026-11-22', '0', '0', '0', '0'],
    ],
  });
});
