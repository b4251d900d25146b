import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { healthResultSchema } from '../../../lib/domain/health/health-result.ts';
import { startAnalysis, untilEnded } from '../../support/host-client.ts';
import { runCicd } from '../../support/run-cicd.ts';
import { startTestHost } from '../../support/start-host.ts';
import { folderWith } from '../../support/temporary-folder.ts';

/** Thresholds that a machine at work cannot cross, but for those that a test is about. */
function projectWith(health: Record<string, number>): Record<string, string> {
  const thresholds = { cpu: 1, memory: 1, disk: 1, ...health };
  return {
    'cicd.config.ts': `export default {
      repositories: [{ name: 'acme/shop', source: './gone', components: { orders: ['**'] } }],
      analyseOnFirstStart: false,
      health: ${JSON.stringify(thresholds)},
    };\n`,
  };
}

function cicdHealth(folder: string, ...args: string[]) {
  return runCicd(['health', '--config', join(folder, 'cicd.config.ts'), ...args]);
}

describe('cicd health', () => {
  test('shows a table and ends with 0 when all is well, without a host', async () => {
    const { exitCode, stdout } = await cicdHealth(folderWith(projectWith({})));
    const lines = stdout.trimEnd().split('\n');
    expect(lines[0]).toMatch(/^CHECK +VALUE +THRESHOLD +STATUS +DETAIL$/);
    expect(lines[2]).toMatch(/^memory +\d+ % +100 % +healthy +\d+\.\d of \d+\.\d GB$/);
    expect(lines.slice(1, 5).map((line) => line.split(/ {2,}/)[0])).toEqual([
      'cpu',
      'memory',
      'disk',
      'flow failures',
    ]);
    expect(lines.at(-1)).toBe('Overall: healthy');
    expect(exitCode).toBe(0);
  });

  test('ends with 1 on a warning, and gives the result as JSON', async () => {
    const folder = folderWith(projectWith({ memory: 0.000_001 }));
    const { exitCode, stdout } = await cicdHealth(folder, '--json');
    const health = healthResultSchema.parse(JSON.parse(stdout));
    expect(health.status).toBe('warning');
    expect(health.checks[1]).toMatchObject({ name: 'memory', status: 'warning' });
    expect(exitCode).toBe(1);
  });

  test('runs in the host where there is one, and ends with 2 when a flow always fails', async () => {
    const { folder, url } = await startTestHost(projectWith({}));
    for (let times = 0; times < 5; times += 1) {
      await untilEnded(url, await startAnalysis(url, { component: 'orders' }));
    }
    const { exitCode, stdout } = await cicdHealth(folder);
    expect(stdout).toContain('component-analysis: 5 of 5 runs failed');
    expect(stdout).toContain('Overall: unhealthy');
    expect(exitCode).toBe(2);
  });
});
