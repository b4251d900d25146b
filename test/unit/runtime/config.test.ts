import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ConfigError } from '../../../lib/domain/errors.ts';
import { loadConfig, parseConfig } from '../../../lib/runtime/config.ts';
import { parseSecrets, readSecrets } from '../../../lib/runtime/secrets.ts';

function problemsOf(action: () => unknown): readonly string[] {
  try {
    action();
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  throw new Error('Nothing was wrong');
}

const usualStage = {
  keepsData: false,
  logDays: 30,
  archiveDays: 14,
  alarmEmails: [],
  webhookRate: { perSecond: 100, burst: 200 },
  reservedConcurrency: {},
};

describe('parseConfig', () => {
  test('fills in every default', () => {
    expect(parseConfig({})).toEqual({
      repositories: [],
      agents: {
        provider: 'codegen',
        mayChangeCode: false,
        deadlineMinutes: 60,
        budget: {
          concurrent: 2,
          concurrentPerRepository: 2,
          startsPerMinute: 10,
          startsPerDay: 20,
          startsPerDayPerRepository: 20,
          attemptsPerCause: 3,
        },
        codegen: { repositories: {}, creationsPerMinute: 10, requestsPer30Seconds: 60 },
        cursor: { creationsPerMinute: 10, requestsPer30Seconds: 60 },
        command: { environment: [], outputMegabytes: 8 },
      },
      analyseOnFirstStart: true,
      host: { port: 4200 },
      linear: {
        analysisLabel: 'component-analysis',
        issues: {},
        states: { running: 'In Progress', done: null },
      },
      schedules: {
        'autonomous-cicd': { enabled: true, everyMinutes: 15 },
        'system-health': { enabled: true, everyMinutes: 5 },
      },
      health: { cpu: 0.8, memory: 0.8, disk: 0.9, failureRate: 0.1 },
      runs: { concurrency: 8, concurrentAnalyses: 2, retentionDays: 14 },
      aws: { stages: { dev: usualStage, prod: { ...usualStage, keepsData: true } } },
    });
  });

  test('an issue names one configured component', () => {
    const repositories = ['acme/shop', 'acme/site'].map((name) => ({
      name,
      components: { lib: ['lib/**'] },
    }));
    const linear = { issues: { 'ENG-1': 'lib', 'ENG-2': 'acme/shop/lib', 'ENG-3': 'none' } };
    expect(problemsOf(() => parseConfig({ repositories, linear }))).toEqual([
      'linear.issues.ENG-1: fits several components; write NAME or REPOSITORY/NAME',
      'linear.issues.ENG-3: names no configured component; write NAME or REPOSITORY/NAME',
    ]);
  });

  test('reports all problems at once, by path', () => {
    const problems = problemsOf(() =>
      parseConfig({
        analyseOnFirstStart: 'often',
        repositories: [{ name: 'a', components: { lib: ['../secret', '!lib/docs/**'] } }],
        host: { prot: 4200 },
        linear: { issues: { eng7: 'lib' } },
      }),
    );
    expect(problems).toEqual([
      'repositories[0].components.lib[0]: must lie inside the source: no leading / and no ..',
      'repositories[0].components.lib[1]: must say what belongs to it: no leading !',
      'analyseOnFirstStart: Invalid input: expected boolean, received string',
      'host.prot: is not a known field',
      'linear.issues.eng7: must look like ENG-7',
    ]);
  });

  test('compares fields with each other also where another one is wrong', () => {
    const repository = { name: 'a', components: { lib: ['lib'] }, analyseOnPush: 'yes' };
    const repositories = [{ ...repository, ref: 'main', agentInstructions: { web: 'Be kind.' } }];
    expect(problemsOf(() => parseConfig({ repositories }))).toEqual([
      'repositories[0].analyseOnPush: Invalid input: expected boolean, received string',
      'repositories[0].agentInstructions.web: is no component of this repository',
      "repositories[0].ref: goes with source: 'github' only",
    ]);
  });

  test('does not repeat the values it complains about', () => {
    const problems = problemsOf(() =>
      parseConfig({ repositories: [{ name: 'hunter2 PASSWORD' }], host: { port: 'x' } }),
    );
    expect(problems.join('\n')).not.toMatch(/hunter2|PASSWORD/);
  });

  test('shows a folder at no commit, but in an issue', () => {
    const folder = { name: 'acme/shop', components: { lib: ['lib'] } };
    const problemsWith = (githubReport: 'check-run' | 'commit-status') =>
      problemsOf(() => parseConfig({ repositories: [{ ...folder, githubReport }] }));
    expect([...problemsWith('check-run'), ...problemsWith('commit-status')]).toEqual([
      "repositories[0].githubReport: 'check-run' goes with source: 'github' only",
      "repositories[0].githubReport: 'commit-status' goes with source: 'github' only",
    ]);
    const { repositories } = parseConfig({ repositories: [{ ...folder, githubReport: 'issue' }] });
    expect(repositories).toMatchObject([{ githubReport: 'issue' }]);
  });

  test('gives no secret of the system to a command', () => {
    const environment = ['ANTHROPIC_API_KEY', 'GITHUB_TOKEN', 'LINEAR_API_KEY_PREVIOUS'];
    const problems = problemsOf(() => parseConfig({ agents: { command: { environment } } }));
    expect(problems).toEqual([
      'agents.command.environment[1]: is a secret of the system: no agent gets it',
      'agents.command.environment[2]: is a secret of the system: no agent gets it',
    ]);
  });

  test('refuses two repositories of one name', () => {
    const repository = { name: 'a', components: { lib: ['lib'] } };
    const problems = problemsOf(() => parseConfig({ repositories: [repository, repository] }));
    expect(problems).toEqual(['repositories[1].name: is used twice']);
  });

  test('refuses a label for answered issues that would ask for the next answer', () => {
    const linear = { analysisLabel: 'analyse', doneLabel: 'Analyse ' };
    const problems = problemsOf(() => parseConfig({ linear }));
    expect(problems).toEqual(['linear.doneLabel: must not be linear.analysisLabel']);
  });
});

describe('loadConfig', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cicd-config-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('takes the defaults where there is no file', async () => {
    const loaded = await loadConfig(join(folder, 'none.ts'));
    expect(loaded).toEqual({ config: parseConfig({}), folder });
  });

  test('names the file that cannot be loaded', async () => {
    const file = join(folder, 'broken.ts');
    await writeFile(file, 'export default {');
    await expect(loadConfig(file)).rejects.toThrow(`${file} cannot be loaded`);
  });

  test('asks for the default export', async () => {
    const file = join(folder, 'named.ts');
    await writeFile(file, 'export const config = {};');
    await expect(loadConfig(file)).rejects.toThrow('has no default export');
  });
});

describe('readSecrets', () => {
  test('gives the current value and, during a rotation, the previous one', () => {
    const secrets = readSecrets({
      GITHUB_WEBHOOK_SECRET: 'new',
      GITHUB_WEBHOOK_SECRET_PREVIOUS: 'old',
      LINEAR_API_KEY: 'key',
    });
    expect(secrets).toEqual({ GITHUB_WEBHOOK_SECRET: ['new', 'old'], LINEAR_API_KEY: ['key'] });
  });

  test('takes an empty variable for one that is not set', () => {
    expect(readSecrets({ GITHUB_TOKEN: '', LINEAR_API_KEY: '  ' })).toEqual({});
  });

  test('accepts addresses by https only, loopback excepted', () => {
    const insecure = { SLACK_WEBHOOK_URL: 'http://hooks.example.com/T000' };
    expect(problemsOf(() => readSecrets(insecure))).toEqual([
      'SLACK_WEBHOOK_URL: must be an https:// address (http:// only for localhost)',
    ]);
    const local = { SLACK_WEBHOOK_URL: 'http://127.0.0.1:9000/hook' };
    expect(readSecrets(local)).toEqual({ SLACK_WEBHOOK_URL: ['http://127.0.0.1:9000/hook'] });
  });

  test('names every variable with an unusable value, without the value', () => {
    const problems = problemsOf(() =>
      readSecrets({ CODEGEN_ORG_ID: 'acme-7f3', GITHUB_TOKEN_PREVIOUS: 'gone-4e1' }),
    );
    expect(problems).toEqual([
      'CODEGEN_ORG_ID: must be a whole number',
      'GITHUB_TOKEN: is missing, only GITHUB_TOKEN_PREVIOUS is set',
    ]);
  });
});

describe('parseSecrets', () => {
  test('gives what can be used, whatever else cannot', () => {
    const { problems, secrets } = parseSecrets({
      GITHUB_WEBHOOK_SECRET: 'new',
      GITHUB_WEBHOOK_SECRET_PREVIOUS: 'old',
      SLACK_WEBHOOK_URL: 'not an address',
      SLACK_WEBHOOK_URL_PREVIOUS: 'https://hooks.example.com/T000',
    });
    expect(secrets).toEqual({ GITHUB_WEBHOOK_SECRET: ['new', 'old'] });
    expect(problems).toEqual([expect.stringMatching(/^SLACK_WEBHOOK_URL: /)]);
  });

  test('takes a previous value for no current one', () => {
    expect(parseSecrets({ LINEAR_WEBHOOK_SECRET_PREVIOUS: 'withdrawn' }).secrets).toEqual({});
  });

  test('does without a previous value that is wrong', () => {
    const { secrets } = parseSecrets({ CODEGEN_ORG_ID: '7', CODEGEN_ORG_ID_PREVIOUS: 'acme' });
    expect(secrets).toEqual({ CODEGEN_ORG_ID: ['7'] });
  });
});
