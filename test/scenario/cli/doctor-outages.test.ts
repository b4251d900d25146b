import { describe, expect, it } from 'vitest';
import { startTestHost } from '../../support/start-host.ts';
import { setUpProject, tunnel, usualConfig, usualEnv } from './set-up-fixture.ts';

/** The lines that are not well, and what is to be done. */
function unwell(stdout: string): string[] {
  return stdout.split('\n').filter((line) => /PROBLEM|WARNING|→/.test(line));
}

const withoutHost = { ...usualConfig, host: {} };

describe('cicd doctor, while something does not work', () => {
  it('comes to an end with services that hang or fail, and tells of the rest', async () => {
    const project = await setUpProject({
      config: withoutHost,
      env: { ...usualEnv, CICD_REQUEST_SECONDS: '1' },
    });
    project.github.script({ fault: { kind: 'hang' }, times: Infinity });
    const answer = { kind: 'answer', status: 500, headers: {}, body: '' } as const;
    project.linear.script([{ answer, times: Infinity }]);
    const { exitCode, stdout } = await project.cicd('doctor');
    expect(exitCode).toBe(1);
    expect(unwell(stdout)).toEqual([
      '  PROBLEM  GitHub           GitHub cannot be reached (it does not answer in time).',
      '  PROBLEM  Linear           Linear has failed (500).',
      '    → try again in a few minutes',
      '  PROBLEM  host             does not run',
      '    → start it: npm start',
    ]);
  });

  it('tells of one repository that fails, and asks for the others', async () => {
    const project = await setUpProject({ config: withoutHost });
    const fault = { kind: 'answer', status: 451 } as const;
    project.github.script({ operation: 'repos/get', path: /shop/, fault, times: Infinity });
    const { stdout } = await project.cicd('doctor');
    expect(stdout).toMatch(/PROBLEM +acme\/shop +GitHub does not accept what was asked/);
    expect(stdout).toMatch(/ok +acme\/site +your role is admin/);
  });

  it('says that a host is paused, and that one that was killed does not run', async () => {
    const project = await setUpProject({ config: withoutHost });
    const host = await startTestHost({ folder: project.folder });
    await project.cicd('pause');
    const paused = await project.cicd('doctor');
    expect(paused.exitCode).toBe(0);
    expect(paused.stdout).toMatch(/ok +host +answers at/);
    expect(paused.stdout).toMatch(/WARNING +pause +nothing is started since .*\n {4}→ cicd resume/);

    await host.end('SIGKILL');
    const killed = await project.cicd('doctor');
    expect(killed.exitCode).toBe(1);
    expect(unwell(killed.stdout)).toContain('  PROBLEM  host                  does not run');
  });
});

describe('the webhook of an organisation', () => {
  it('is looked at in place of those of its repositories', async () => {
    const project = await setUpProject({
      env: { ...usualEnv, GITHUB_WEBHOOK_SECRET: 'set-before-1' },
    });
    project.github.addHook(
      { kind: 'organisation', organisation: 'acme' },
      { url: `${tunnel}/webhooks/github` },
    );
    const { stdout } = await project.cicd('doctor');
    expect(stdout).toMatch(/ok +GitHub organisation acme +https:.* nothing delivered yet/);
    expect(stdout).not.toMatch(/GitHub acme/);
  });
});
