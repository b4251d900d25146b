import { describe, expect, test } from 'vitest';
import { explainEnd, explainFailure } from '../../../../lib/domain/answers/explain-failure.ts';
import { lostError } from '../../../../lib/domain/run.ts';
import { runDetail, task } from '../../../builders/run-details.ts';

const source = { kind: 'folder', path: '/home/alice/private shop' };
const input = { repository: 'acme/shop', component: 'lib', paths: ['lib/**'], source };
const run = { id: 'run-1', input };

const explain = (type: string, message: string) => explainFailure({ type, message }, run);

describe('the reason of a failure', () => {
  test.each(['RequestRejectedError', 'UpstreamError', 'FinalUpstreamError', 'ConfigError'])(
    'is the message of an error of ours: %s',
    (type) => {
      expect(explain(type, 'GitHub has failed (502).').reason).toBe('GitHub has failed (502).');
    },
  );

  test.each(['TypeError', 'Error', 'string'])('says nothing of any other: %s', (type) => {
    const { advice, reason } = explain(type, 'EACCES: open /home/alice/.ssh/id_rsa');
    expect(reason).toBe('An internal error; its log says more: `cicd runs logs run-1`.');
    expect(advice).toContain('`cicd runs retry run-1`');
  });

  test.each([
    [
      'the folder of the source',
      'There is no folder /home/alice/private shop to read source from.',
      'There is no folder acme/shop to read source from.',
    ],
    [
      'another folder',
      'The data folder /var/lib/cicd cannot be written: ENOSPC, write (/var/lib/cicd/x.db).',
      'The data folder (a local path) cannot be written: ENOSPC, write ((a local path)).',
    ],
    ['a folder of Windows', String.raw`"C:\Users\alice" is closed`, '"(a local path)" is closed'],
  ])('does not show how %s is called', (_what, message, shown) => {
    expect(explain('FinalUpstreamError', message).reason).toBe(shown);
  });

  test.each([
    'nothing in acme/shop on GitHub at feature/x matches lib/**, ./app/*.ts.',
    'GitHub does not accept what was asked of https://github.com/acme/shop (418).',
    'Ratio 1 / 2 of 3 // 4',
  ])('keeps what only looks like a path of the machine: %s', (message) => {
    expect(explain('UpstreamError', message).reason).toBe(message);
  });
});

describe('a run that has ended without saying why', () => {
  const failed = { ...runDetail({ id: 'run-1', state: 'failed' }), input };
  const message = 'GitHub has failed (502).';

  test('failed by what its task has thrown', () => {
    const ended = (type: string) =>
      explainEnd({
        ...failed,
        error: { type: 'StepError', message },
        tasks: [task({ state: 'failed', error: { type, message } })],
      });
    expect(ended('UpstreamError').reason).toBe(message);
    expect(ended('TypeError').reason).toContain('An internal error');
  });

  test('failed because it could not go on', () => {
    const error = { type: 'ProcessEnded', message: 'the process has ended 20 times' };
    expect(explainEnd({ ...failed, error }).reason).toBe('the process has ended 20 times');
  });

  test('failed because Lambda did not begin it, which is no defect of ours', () => {
    const error = { type: lostError, message: 'Lambda has accepted this run and not begun it.' };
    const { advice, reason } = explainEnd({ ...failed, error });
    expect(reason).toBe('Lambda has accepted this run and not begun it.');
    expect(advice).toContain('`autonomous-cicd` starts such a run once more by itself');
  });

  test.each([
    ['stopped', 'No progress for 30 minutes'],
    ['timed_out', 'The run took too long'],
  ] as const)('was ended from outside: %s', (state, words) => {
    const error = { type: 'Stopped', message: words };
    expect(explainEnd({ ...failed, state, error }).reason).toBe(words);
    expect(explainEnd({ ...failed, state, error: null }).reason).toBe(`The run has ${state}.`);
  });
});
