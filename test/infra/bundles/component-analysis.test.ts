import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { bundleFunction } from '../../../infra/constructs/bundling/bundle-function.ts';
import { reportSchema, type Report } from '../../../lib/domain/report.ts';
import { folderWith, temporaryFolder } from '../../support/temporary-folder.ts';
import { architecture, config, runBare, unzipped } from './bundled-functions.ts';

const { folder, warnings } = bundleFunction({ name: 'component-analysis', architecture, config });

const sources = {
  'orders/add.py': [
    'import os',
    '',
    '',
    'def add(item, into=[]):',
    '    into.append(item)',
    '    return into',
    '',
  ].join('\n'),
  'orders/same.ts': [
    'export function isSame(left: number): boolean {',
    '  return left === left;',
    '}',
    "export const place = 'https://admin:not-A-Real-0ne@db.internal.acme.io/orders';",
    '',
  ].join('\n'),
};

/** Has the bundle analyse the sources where it can read just itself and them, and write just `/tmp`. */
function analyse(task: string, environment: Readonly<Record<string, string>> = {}) {
  const data = temporaryFolder();
  const tmp = join(data, 'tmp');
  mkdirSync(tmp);
  const source = { kind: 'folder', path: folderWith(sources) };
  const input = { repository: 'acme/shop', component: 'orders', paths: ['orders/**'], source };
  const driver = join(import.meta.dirname, 'analyse-in-thread.mjs');
  const thread = join(task, 'component-analysis-thread.mjs');
  const ended = runBare({
    args: [driver, thread, 'run-1', JSON.stringify(input)],
    environment: {
      CICD_DATA: data,
      CICD_ENV_FILE: join(data, '.env'),
      TMPDIR: tmp,
      ...environment,
    },
    mayRead: [task, source.path, data, driver],
    mayWrite: [data],
  });
  return { ...ended, reportFile: join(data, 'blobs/reports/run-1.json') };
}

function readReport(file: string): Report {
  return reportSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
}

function toolsOf({ findings }: Report): string[] {
  return [...new Set(findings.flatMap(({ tool }) => tool?.split(' ')[0] ?? []))].toSorted();
}

test('nothing is missing in a bundle for this machine', () => {
  expect(warnings).toEqual([]);
});

test('analyses with every parser and linter where nothing but the bundle is there', () => {
  const { reportFile, status, stderr } = analyse(unzipped(folder, temporaryFolder()));

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const report = readReport(reportFile);
  expect(report.files.analysed).toBe(2);
  expect(toolsOf(report)).toEqual(['oxlint', 'ruff', 'secretlint']);
  // What our own checks say of the syntax trees.
  expect(report.findings.map(({ rule }) => rule)).toContain('unused-function');
  // What has been asked of an agent, and the mending of its answer.
  expect(report.agents.map(({ summary }) => summary)).toEqual([
    '# Review the code quality of a component',
  ]);
});

test('does without oxlint what can be done without it, and says so', () => {
  const task = unzipped(folder, temporaryFolder());
  rmSync(join(task, 'node_modules/oxlint'), { recursive: true });

  const { reportFile } = analyse(task);

  const report = readReport(reportFile);
  expect(toolsOf(report)).toEqual(['ruff', 'secretlint']);
  expect(report.notes).toEqual([
    'TypeScript and JavaScript were not linted: oxlint is not installed.',
  ]);
});

test('refuses a folder on AWS, and says what to do', () => {
  const task = unzipped(folder, temporaryFolder());

  const { status, stderr } = analyse(task, {
    AWS_LAMBDA_FUNCTION_NAME: 'function',
    AWS_REGION: 'eu-west-1',
    CICD_BUCKET: 'blobs',
    CICD_SECRETS_PREFIX: 'autonomous-cicd-test/',
  });

  expect(status).toBe(1);
  expect(stderr).toContain(
    "is a folder: on AWS only sources on GitHub can be analysed; set source: 'github'",
  );
});
