import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { messageOf, RequestRejectedError } from '../../lib/domain/errors.ts';
import { loadConfig, parseConfig } from '../../lib/runtime/config.ts';
import type { Config } from '../../lib/runtime/config-schema.ts';
import { createCicdApp } from '../cicd-app.ts';
import { defaultStage, findStage } from '../stages.ts';
import { count, type CountedTemplate } from './counted.ts';
import { formatCost } from './format-cost.ts';

/** The part of the README that this script writes. */
const [begin, end] = ['<!-- cost:begin -->', '<!-- cost:end -->'];

const readme = new URL('../../README.md', import.meta.url);

const help = `npm run cost [-- OPTION…]: what a stack costs on AWS, by cicd.config.ts

  --stage NAME   one of aws.stages; default: ${defaultStage}
  --write        write what a stack with all defaults costs into README.md; without --stage
  --help         this text
`;

/**
 * What a stack costs, as Markdown.
 * @throws ConfigError for an unknown stage
 */
export function describeCost(config: Config, stage = defaultStage): string {
  // The app would advise an option of its own command line.
  findStage(config, stage, '--stage NAME');
  const folder = mkdtempSync(join(tmpdir(), 'cicd-cost-'));
  try {
    // What is in a bundle costs nothing by being there: an empty folder stands for each.
    const nothing = mkdtempSync(join(folder, 'bundle-'));
    const bundle = () => ({ folder: nothing, handler: 'index.handler', warnings: [] });
    const outdir = join(folder, 'cdk.out');
    const { app, stack } = createCicdApp({
      bundle,
      config,
      context: { stage },
      environment: {},
      outdir,
      checked: false,
    });
    const template: CountedTemplate = app.synth().getStackByName(stack.stackName).template;
    return formatCost(count(template, config, stage));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A text with what stands between the markers replaced. @throws Error for a text without them */
export function replaceCost(text: string, cost: string): string {
  const [before, rest] = text.split(begin);
  const [, after] = rest?.split(end) ?? [];
  if (before === undefined || after === undefined) throw new Error(`${begin} … ${end} is missing`);
  return `${before}${begin}\n\n${cost}\n\n${end}${after}`;
}

/** @throws RequestRejectedError for options that do not go together */
export function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      help: { type: 'boolean', default: false },
      stage: { type: 'string' },
      write: { type: 'boolean', default: false },
    },
  });
  if (values.write && values.stage !== undefined) {
    const problem = '--write is about a stack with all defaults: leave out --stage, or --write.';
    throw new RequestRejectedError('invalid', problem);
  }
  return values;
}

async function main(): Promise<void> {
  const { help: isHelp, stage, write } = readOptions(process.argv.slice(2));
  if (isHelp) {
    process.stdout.write(help);
  } else if (write) {
    const cost = describeCost(parseConfig({}));
    writeFileSync(readme, replaceCost(readFileSync(readme, 'utf8'), cost));
  } else {
    const { config } = await loadConfig('cicd.config.ts');
    process.stdout.write(`${describeCost(config, stage)}\n`);
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exitCode = 1;
  }
}
