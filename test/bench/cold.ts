import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startAwsProcess } from './cold/aws-process.ts';
import { analysisCandidates, webhookCandidates } from './cold/candidates.ts';
import { functionVariables } from './cold/function-variables.ts';
import { measureStart, measureWebhook } from './cold/measure-process.ts';
import { formatFigures, formatSummary } from './cold/table.ts';
import { summarise, takeTurns } from './cold/turns.ts';

const rounds = 11;

/**
 * Bundles under AWS's own runtime client, each time in a fresh process: an empty handler, a webhook function
 * written straight with the SDK, and ours; then how long component-analysis takes to start. All take turns,
 * and are compared within a round: what disturbs the machine disturbs them alike.
 */
export async function bench(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'cold-bench-'));
  const aws = await startAwsProcess();
  const environment = { ...functionVariables, ...aws.environment };
  try {
    await benchWebhooks(folder, environment);
    await benchAnalysis(folder, environment);
  } finally {
    await aws.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function benchWebhooks(folder: string, environment: Record<string, string>): Promise<void> {
  const candidates = webhookCandidates(folder);
  const samples = await takeTurns(candidates, rounds, (one) => measureWebhook(one, environment));
  const measured = candidates.map(({ name }, index) => ({ name, samples: samples[index] ?? [] }));
  const straight = measured[1];
  if (straight === undefined) return;
  print(`Median (least–most) of ${rounds} rounds, and of the ratio to ${straight.name}:\n`);
  print(formatFigures(measured, straight));
}

/** Before the first invocation; nothing is analysed. */
async function benchAnalysis(folder: string, environment: Record<string, string>): Promise<void> {
  const candidates = analysisCandidates(folder);
  const starts = await takeTurns(candidates, rounds, (one) => measureStart(one, environment));
  const [empty = [], analysis = []] = starts;
  const over = summarise(analysis.map((ms, round) => ms - (empty[round] ?? NaN)));
  print('');
  print(
    `component-analysis starts ${formatSummary(over, 0)} ms after an empty handler; at most 600`,
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
