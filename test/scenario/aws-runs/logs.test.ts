import { describe, expect, test } from 'vitest';
import { createAwsRuns } from '../../../lib/adapters/aws/durable/runs.ts';
import { createLogsClient } from '../../../lib/adapters/aws/durable/clients.ts';
import { startAwsRuns, type AwsRunsWorld } from '../../support/runs/aws-runs.ts';

const group = '/aws/lambda/echo';

interface LoggedRun extends AwsRunsWorld {
  runId: string;
  arn: string;
  /** A line as the logger of flows writes it. */
  line: (message: string, fields?: Record<string, unknown>) => string;
  write: (...messages: string[]) => void;
}

async function startLoggedRun(): Promise<LoggedRun> {
  const world = await startAwsRuns({ echo: async (input) => input });
  const { runId } = await world.runs.start({
    flow: 'echo',
    name: 'a',
    input: {},
    cause: { kind: 'cli' },
  });
  const arn = `arn:aws:lambda:eu-west-1:123456789012:function:echo:1/durable-execution/a/${runId}`;
  return {
    ...world,
    runId,
    arn,
    line: (message, fields = {}) =>
      JSON.stringify({
        timestamp: new Date().toISOString(),
        level: 'info',
        message,
        flow: 'echo',
        executionArn: arn,
        requestId: 'r-1',
        ...fields,
      }),
    write: (...messages) => world.server.logs.append(group, 's', messages),
  };
}

describe('the log of a run', () => {
  test('has its lines in their order, with their tasks, and nothing of others', async () => {
    const { arn, line, runId, runs, write } = await startLoggedRun();
    write(
      'START RequestId: r-1 Version: 1',
      line('first', { task: 'ask', attempt: 2, repository: 'acme/shop' }),
      JSON.stringify({ level: 'info', message: 'another run starts again', runId }),
      line('of another', { executionArn: `${arn}-not`, about: runId }),
      `{"broken":"${arn}`,
      line('second', { level: 'warn' }),
      'REPORT RequestId: r-1 Duration: 3.22 ms',
    );
    expect(await runs.logs(runId)).toEqual([
      {
        seq: expect.any(Number),
        at: expect.stringMatching(/Z$/),
        level: 'info',
        message: 'first',
        task: 'ask',
        attempt: 2,
        fields: { repository: 'acme/shop' },
      },
      expect.objectContaining({ message: 'second', level: 'warn', task: null, fields: {} }),
    ]);
  });

  test('is read on behind what was read', async () => {
    const { line, runId, runs, write } = await startLoggedRun();
    const messages = Array.from({ length: 7 }, (_, index) => `line ${index}`);
    write(...messages.slice(0, 5).map((message) => line(message)));
    const seen: string[] = [];
    let after = 0;
    for (let page = 0; page < 5; page += 1) {
      if (page === 2) write(...messages.slice(5).map((message) => line(message)));
      const lines = await runs.logs(runId, { after, limit: 2 });
      seen.push(...lines.map(({ message }) => message));
      after = lines.at(-1)?.seq ?? after;
    }
    expect(seen).toEqual(messages);
    expect(await runs.logs(runId, { after })).toEqual([]);
  });

  test('is read from the log group that the stack has told', async () => {
    const { flows, lambda, line, runId, server, store } = await startLoggedRun();
    server.logs.append('Logs-1', 's', [line('elsewhere')]);
    const logs = createLogsClient(server.clientSettings);
    const runs = createAwsRuns({ lambda, logs, store, flows, logGroups: { echo: 'Logs-1' } });
    expect(await runs.logs(runId)).toMatchObject([{ message: 'elsewhere' }]);
  });

  test('is empty where nothing was logged yet', async () => {
    const { runId, runs } = await startLoggedRun();
    expect(await runs.logs(runId)).toEqual([]);
  });

  test('fails with what may go well another time', async () => {
    const { runId, runs, server, write } = await startLoggedRun();
    write('something');
    server.script({ service: 'logs', act: 'throttle', times: 9 });
    await expect(runs.logs(runId)).rejects.toMatchObject({ service: 'logs', retryable: true });
  });
});
