/**
 * Runs all of the kill test's runs on one data folder, as far as it gets before it is killed.
 * Arguments: folder, number of runs. Each execution of a step first writes a line to the journal,
 * `<run> <step> <execution>`, and returns the execution's id.
 */
import { withDurableExecution, type DurableContext } from '@aws/durable-execution-sdk-js';
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDataFolder } from '../../../infra/local/data-folder.ts';
import { createEngine } from '../../../infra/local/engine/engine.ts';

const folder = process.argv[2] ?? '';
const runCount = Number(process.argv[3]);
const journal = join(folder, 'journal.txt');

async function flow(input: { run: string }, context: DurableContext): Promise<unknown> {
  const work = (step: string) => async () => {
    const execution = randomUUID();
    appendFileSync(journal, `${input.run} ${step} ${execution}\n`);
    return { step, execution };
  };
  const first = await context.step('first', work('first'));
  const second = await context.step('second', work('second'));
  await context.wait('before the map', { seconds: 1 });
  const mapped = await context.map('map', ['left', 'right'], async (item, side: string) =>
    item.step(side, work(side)),
  );
  mapped.throwIfError();
  await context.wait('after the map', { seconds: 1 });
  const fifth = await context.step('fifth', work('fifth'));
  const sixth = await context.step('sixth', work('sixth'));
  return [first, second, ...mapped.getResults(), fifth, sixth];
}

const data = openDataFolder(folder);
const engine = createEngine({ databaseFile: data.database, codeVersion: 'one' });
engine.register({
  name: 'work',
  handler: withDurableExecution(flow),
  executionTimeoutSeconds: 300,
});
engine.resume();
const runs: string[] = [];
for (let index = 0; index < runCount; index += 1) {
  const run = `run-${index}`;
  const request = { flow: 'work', name: run, input: { run }, cause: { kind: 'cli' } as const };
  runs.push((await engine.start(request)).runId);
}
process.stdout.write('started\n');
await Promise.all(runs.map((runId) => engine.waitForRun(runId)));
engine.close();
data.close();
