import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseConfig } from '../../lib/runtime/config.ts';
import { createCicdApp } from '../cicd-app.ts';
import { defaultStage } from '../stages.ts';
import { count, type CountedTemplate } from './counted.ts';
import { formatCost } from './format-cost.ts';

/** The part of the README that this script writes. */
const [begin, end] = ['<!-- cost:begin -->', '<!-- cost:end -->'];

const readme = new URL('../../README.md', import.meta.url);

/** What a stack with the defaults of the configuration costs, as Markdown. */
export function describeCost(): string {
  const folder = mkdtempSync(join(tmpdir(), 'cicd-cost-'));
  try {
    const config = parseConfig({});
    // What is in a bundle costs nothing by being there: an empty folder stands for each.
    const nothing = mkdtempSync(join(folder, 'bundle-'));
    const bundle = () => ({ folder: nothing, handler: 'index.handler', warnings: [] });
    const outdir = join(folder, 'cdk.out');
    const { app, stack } = createCicdApp({
      bundle,
      config,
      environment: {},
      outdir,
      checked: false,
    });
    const template: CountedTemplate = app.synth().getStackByName(stack.stackName).template;
    return formatCost(count(template, config, defaultStage));
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

if (import.meta.main) {
  writeFileSync(readme, replaceCost(readFileSync(readme, 'utf8'), describeCost()));
}
