import { expect, test } from 'vitest';
import type { Behaviour, FakeAgentRun } from '../../support/codegen/fake-agent-runs.ts';
import { serverError } from '../../support/faulty-answers.ts';
import { startAskingHost, startCodegen } from './asking-fixture.ts';

const together = { budget: { concurrent: 3, concurrentPerRepository: 3 } };

const answered = { end: { outcome: 'answered', attempts: 1 } };

test('three agents are at work at the same time, and each is waited for by itself', async () => {
  const server = await startCodegen();
  server.behave(() => ({ afterMs: 600 }));
  const { start, toEnd } = startAskingHost({ server, agents: together });
  const run = await toEnd(await start());
  expect(run.result).toMatchObject(
    ['code-quality', 'architecture', 'integration'].map((analysis) => ({
      end: { analysis, outcome: 'answered', attempts: 1 },
      answer: `answer-of-${analysis}`,
    })),
  );
  expect(server.mostRunning).toBe(3);
  expect(server.violations).toEqual([]);
});

test('no more than the allowed are at work at the same time', async () => {
  const server = await startCodegen();
  const { start, toEnd } = startAskingHost({ server, agents: { budget: { concurrent: 1 } } });
  const run = await toEnd(await start());
  expect(run.result).toMatchObject([answered, answered, answered]);
  expect(server.agentRuns).toHaveLength(3);
  expect(server.mostRunning).toBe(1);
});

const failing = { finalStatus: 'ERROR', result: null };

/** One that fails at first, one that asks somebody, one in a state that nobody knows. */
function behave({ prompt, prompts }: FakeAgentRun): Behaviour {
  if (prompt.includes('code-quality')) return prompt.includes('ERROR') ? {} : failing;
  if (prompt.includes('architecture')) {
    return prompts.length > 1 ? {} : { statuses: ['PAUSED'], never: true };
  }
  return { statuses: ['PONDERING'], afterMs: 300 };
}

test('what does not go well at one leaves the others alone', async () => {
  const server = await startCodegen();
  server.behave(behave);
  server.addFaults([{ answer: serverError(), times: 6, when: isLook }]);
  const { start, toEnd } = startAskingHost({ server, agents: together });
  const { result } = await toEnd(await start());
  expect(result).toMatchObject([
    { end: { outcome: 'answered', attempts: 2 } },
    { end: { outcome: 'answered', attempts: 1 } },
    { end: { outcome: 'answered', attempts: 1 } },
  ]);
  expect(server.agentRuns.map(({ prompt }) => prompt).toSorted()).toEqual([
    'Look at architecture.',
    'Look at code-quality.',
    expect.stringMatching(/^Look at code-quality\. .*ERROR/),
    'Look at integration.',
  ]);
});

function isLook(line: string): boolean {
  return line.startsWith('GET') && line.includes('/agent/run/');
}
