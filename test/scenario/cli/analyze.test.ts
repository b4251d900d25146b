import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { reportSchema } from '../../../lib/domain/report.ts';
import { listRuns } from '../../support/host-client.ts';
import { runCicd } from '../../support/run-cicd.ts';
import { smallProject, startTestHost } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

const configOf = (folder: string) => ['--config', join(folder, 'cicd.config.ts')];

describe('cicd analyze', () => {
  test('prints the report of a configured component, progress apart', async () => {
    const folder = folderWith(smallProject);
    const { exitCode, stderr, stdout } = await runCicd(['analyze', 'orders', ...configOf(folder)]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^# Component orders\n/);
    expect(stderr).toContain('get component files: Component files read');
    expect(stderr).toContain('report: Report written');
  });

  test('prints valid JSON with findings inside the component', async () => {
    const folder = folderWith(smallProject);
    const args = ['analyze', 'orders', '--format', 'json', ...configOf(folder)];
    const { stdout } = await runCicd(args);
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.findings.length).toBeGreaterThan(0);
    expect(report.findings.every(({ path }) => path.startsWith('orders/'))).toBe(true);
    expect(report.graph.edges).toContainEqual(
      expect.objectContaining({ from: 'orders/print_total.py', to: 'orders/total.py' }),
    );
  });

  test('takes the one folder whose path ends in the name', async () => {
    const folder = folderWith({
      'src/shop/orders/a.py': 'x = 1\n',
      'src/shop/other/b.py': 'y = 1\n',
    });
    const data = join(folder, 'data');
    const { stdout } = await runCicd(
      ['analyze', 'shop/orders', '--source', folder, '--data', data].concat('--format', 'json'),
    );
    expect(reportSchema.parse(JSON.parse(stdout)).component.paths).toEqual(['src/shop/orders']);
  });

  test('lets a host that holds the data folder do the work, and writes its report to a file', async () => {
    const host = await startTestHost();
    const out = join(host.folder, 'report.json');
    const args = ['analyze', 'orders', '--format', 'json', '--out', out, ...configOf(host.folder)];
    const { exitCode, stdout } = await runCicd(args);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('');
    const { runId } = reportSchema.parse(JSON.parse(readFileSync(out, 'utf8')));
    const { runs } = await listRuns(host.url);
    expect(runs[0]).toMatchObject({ id: runId, cause: { kind: 'cli' } });
  });

  test.each([
    ['without a name', ['analyze']],
    ['with an unknown option', ['analyze', 'x', '--frobnicate']],
    ['with an unknown format', ['analyze', 'x', '--format', 'pdf']],
    ['with an unknown command', ['analise']],
    ['with a port that is none', ['start', '--port', 'http']],
    ['with a path outside the source', ['analyze', 'x', '--path', '../**']],
    ['with a source that is not there', ['analyze', 'x', '--source', '/none', '--path', '**']],
    ['with a configuration that is not there', ['runs', 'ls', '--config', '/none/cicd.config.ts']],
    ['with a place for the report that is not there', ['analyze', 'lib', '--out', '/none/r.md']],
  ])('ends with exit code 2 when called %s', async (_, args) => {
    const { exitCode, stderr } = await runCicd(args);
    expect(exitCode).toBe(2);
    expect(stderr).not.toBe('');
  });

  test.each([[['--help']], [['start']], [['analyze']], [['runs']], [['runs', 'ls']]])(
    'has a help text: %j',
    async (command) => {
      const { exitCode, stdout } = await runCicd([...command, '--help']);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('Usage: cicd');
    },
  );
});
