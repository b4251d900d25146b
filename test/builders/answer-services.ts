import { UpstreamError } from '../../lib/domain/errors.ts';
import type { RunDetail } from '../../lib/domain/run.ts';
import type { AnswerServices } from '../../lib/flows/answers/answer-services.ts';
import type { ReportAnswer } from '../../lib/flows/answers/report-answer.ts';
import type { RunOutcome } from '../../lib/domain/answers/run-outcome.ts';
import { createAnswers, type AnsweredRun, type EndedRun } from '../../lib/flows/answers/answers.ts';
import { createRequestAllowances } from '../../lib/flows/answers/request-allowances.ts';
import { parseConfig } from '../../lib/runtime/config.ts';
import type { ConfigInput } from '../../lib/runtime/config-schema.ts';
import type { CodeHost } from '../../lib/ports/code-host.ts';
import type { IssueChange, IssueTracker, TrackerCall } from '../../lib/ports/issue-tracker.ts';
import { noSessions } from './agent-sessions.ts';
import { buildStore } from './dispatch-services.ts';
import { runDetail } from './run-details.ts';
import { buildTrackedIssue, changedIssue } from './tracked-issues.ts';

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

/** How that analysis ends. */
export function endOfAskedRun(outcome: RunOutcome): EndedRun {
  const place = { kind: 'linear-issue', id: 'issue-1', identifier: 'ENG-7' } as const;
  return { run: askedRun, place, outcome };
}

const nobodyAsks = () => Promise.reject(new Error('Nobody is to ask that'));

const noCodeHost: CodeHost = {
  isConfigured: async () => false,
  setCommitStatus: nobodyAsks,
  putCheckRun: nobodyAsks,
  putIssue: nobodyAsks,
  getHead: nobodyAsks,
  listChangedPaths: nobodyAsks,
};

/** A tracker with one issue, which remembers what it was asked for and can be made to fail or to refuse. */
function buildTracker() {
  const calls: { changes: readonly IssueChange[]; call: TrackerCall }[] = [];
  let issue = buildTrackedIssue();
  let failure: Error | undefined;
  let refusals: Partial<Record<IssueChange['kind'], UpstreamError>> = {};
  let isConfigured = true;
  let asked = 0;

  const attempt = async ({ allowance }: TrackerCall): Promise<void> => {
    if (allowance?.take() === false) {
      throw new UpstreamError('Not allowed', { service: 'linear', retryable: false });
    }
    asked += 1;
    if (failure !== undefined) throw failure;
  };
  const tracker: IssueTracker = {
    isConfigured: async () => isConfigured,
    getIssue: async (_issue, _wanted, call) => {
      await attempt(call);
      return issue;
    },
    change: async (changes, call) => {
      await attempt(call);
      calls.push({ changes, call });
      const made = changes.filter(({ kind }) => refusals[kind] === undefined);
      issue = changedIssue(issue, made);
      return changes.flatMap((change) => {
        const error = refusals[change.kind];
        return error === undefined ? [] : [{ change, error }];
      });
    },
    getIssueWithChildren: nobodyAsks,
    listRequests: nobodyAsks,
  };
  return {
    tracker,
    calls,
    asked: () => asked,
    issue: () => issue,
    refuse: (refused: typeof refusals) => {
      refusals = refused;
    },
    setConfigured: (configured: boolean) => {
      isConfigured = configured;
    },
    failWith: (error: Error | undefined) => {
      failure = error;
    },
  };
}

export const emptyReport: ReportAnswer = {
  isAnalysis: true,
  commit: null,
  comment: 'No findings',
  reply: 'No findings',
  attachment: { title: 'Component analysis of orders', subtitle: 'no findings' },
  check: { title: 'No findings', summary: 'No findings', description: 'No findings' },
  hasGraveNews: false,
  hasFindings: false,
};

/** Answers over a real store, with a clock that is put forward by hand. */
export function buildAnswers(run: Partial<RunDetail> = {}, linear: ConfigInput['linear'] = {}) {
  const { tracker, ...seen } = buildTracker();
  let now = Date.parse('2026-11-22T10:00:00.000Z');
  let reportAnswer: ReportAnswer | null = null;
  let detail: RunDetail | undefined = runDetail({ id: askedRun.id, ...run });

  const services: AnswerServices = {
    allowances: createRequestAllowances(12),
    codeHost: noCodeHost,
    config: { config: parseConfig({ linear }), folder: '/' },
    linkTo: (runId) => `https://cicd.example/runs/${runId}`,
    now: () => now,
    readAnswer: async () => reportAnswer,
    runs: { get: async () => detail, getSummary: async () => detail },
    sessions: noSessions,
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
    setReport: (changed: Partial<ReportAnswer>) => {
      reportAnswer = { ...emptyReport, ...changed };
    },
    setRun: (changed: Partial<RunDetail> | undefined) => {
      detail = changed && runDetail({ id: askedRun.id, ...changed });
    },
  };
}
