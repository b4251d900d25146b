import { UpstreamError } from '../../lib/domain/errors.ts';
import type { RunDetail } from '../../lib/domain/run.ts';
import type { AnswerServices } from '../../lib/flows/answers/answer-services.ts';
import { createAnswers, type AnsweredRun } from '../../lib/flows/answers/answers.ts';
import { createRequestAllowances } from '../../lib/flows/answers/request-allowances.ts';
import { parseConfig } from '../../lib/runtime/config.ts';
import type { CodeHost } from '../../lib/ports/code-host.ts';
import type { IssueChange, IssueTracker, TrackerCall } from '../../lib/ports/issue-tracker.ts';
import { buildStore } from './dispatch-services.ts';
import { runDetail } from './run-details.ts';
import { buildTrackedIssue } from './tracked-issues.ts';

/** The analysis that ENG-7 asks for. */
export const askedRun: AnsweredRun = {
  id: 'run-1',
  input: {
    repository: 'acme/shop',
    component: 'orders',
    paths: ['orders/**'],
    source: { kind: 'folder', path: '/src/shop' },
    origin: { kind: 'linear-issue', id: 'issue-1', identifier: 'ENG-7' },
  },
};

const refuse = () => Promise.reject(new Error('Nobody is to ask that'));

const noCodeHost: CodeHost = {
  isConfigured: async () => false,
  setCommitStatus: refuse,
  putCheckRun: refuse,
  putIssue: refuse,
  getHead: refuse,
  listChangedPaths: refuse,
};

/** A tracker with one issue, which remembers what it was asked for and can be made to fail. */
function buildTracker() {
  const calls: { changes: readonly IssueChange[]; call: TrackerCall }[] = [];
  let failure: Error | undefined;
  let asked = 0;

  const attempt = async ({ allowance }: TrackerCall): Promise<void> => {
    if (allowance?.take() === false) {
      throw new UpstreamError('Not allowed', { service: 'linear', retryable: false });
    }
    asked += 1;
    if (failure !== undefined) throw failure;
  };
  const tracker: IssueTracker = {
    isConfigured: async () => true,
    getIssue: async (_issue, _wanted, call) => {
      await attempt(call);
      return buildTrackedIssue();
    },
    change: async (changes, call) => {
      await attempt(call);
      calls.push({ changes, call });
    },
    getIssueWithChildren: refuse,
    listRequests: refuse,
  };
  return {
    tracker,
    calls,
    asked: () => asked,
    failWith: (error: Error | undefined) => {
      failure = error;
    },
  };
}

/** Answers over a real store, with a clock that is put forward by hand. */
export function buildAnswers(run: Partial<RunDetail> = {}) {
  const { tracker, ...seen } = buildTracker();
  let now = Date.parse('2026-11-22T10:00:00.000Z');
  let detail: RunDetail | undefined = runDetail({ id: askedRun.id, ...run });

  const services: AnswerServices = {
    allowances: createRequestAllowances(12),
    codeHost: noCodeHost,
    config: { config: parseConfig({}), folder: '/' },
    linkTo: (runId) => `https://cicd.example/runs/${runId}`,
    now: () => now,
    readAnswer: async () => null,
    runs: { get: async () => detail },
    stack: 'test',
    store: buildStore(() => now),
    tracker,
  };
  return {
    ...seen,
    answers: createAnswers(services),
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    setRun: (changed: Partial<RunDetail> | undefined) => {
      detail = changed && runDetail({ id: askedRun.id, ...changed });
    },
  };
}
