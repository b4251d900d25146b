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

  test('takes any name together with globs', async () => {
    const folder = folderWith(smallProject);
    const data = join(folder, 'data');
    const args = ['analyze', 'anything', '--source', folder, '--path', '**/*.py', '--data', data];
    const { exitCode, stdout } = await runCicd([...args, '--format', 'json']);
    expect(exitCode).toBe(0);
    expect(reportSchema.parse(JSON.parse(stdout))).toMatchObject({
      component: { name: 'anything', paths: ['**/*.py'] },
      files: { analysed: 2 },
    });
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

  test('takes a folder whose name looks like a pattern as it is', async () => {
    const folder = folderWith({ 'app/[id]/page.ts': 'export const a = 1;\n', 'app/i/b.ts': '' });
    const data = join(folder, 'data');
    const { stdout } = await runCicd(
      ['analyze', './app/[id]/', '--source', folder, '--data', data].concat('--format', 'json'),
    );
    const report = reportSchema.parse(JSON.parse(stdout));
    expect(report.component.name).toBe('app/[id]');
    expect(report.files.analysed).toBe(1);
  });

  test('names the candidates when the name is not one folder', async () => {
    const folder = folderWith({ 'a/orders/a.py': '', 'b/orders/b.py': '' });
    const data = join(folder, 'data');
    const several = await runCicd(['analyze', 'orders', '--source', folder, '--data', data]);
    expect(several.exitCode).toBe(2);
    expect(several.stderr).toContain('  a/orders\n  b/orders');
    const none = await runCicd(['analyze', 'invoices', '--source', folder, '--data', data]);
    expect(none.exitCode).toBe(2);
    expect(none.stderr).toContain('There is no component and no folder "invoices"');
  });

  test('writes the report to a file', async () => {
    const folder = folderWith(smallProject);
    const out = join(folder, 'report.md');
    const args = ['analyze', 'orders', '--out', out, ...configOf(folder)];
    const { exitCode, stdout } = await runCicd(args);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('');
    expect(readFileSync(out, 'utf8')).toMatch(/^# Component orders/);
  });

  test('lets a host that holds the data folder do the work', async () => {
    const host = await startTestHost();
    const args = ['analyze', 'orders', '--format', 'json', ...configOf(host.folder)];
    const { exitCode, stdout } = await runCicd(args);
    expect(exitCode).toBe(0);
    const { runId } = reportSchema.parse(JSON.parse(stdout));
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
