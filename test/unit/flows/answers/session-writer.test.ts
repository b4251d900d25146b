import { describe, expect, test } from 'vitest';
import type { Place } from '../../../../lib/domain/answers/place.ts';
import type { AnsweredRun } from '../../../../lib/flows/answers/answers.ts';
import type { KeptAnswer } from '../../../../lib/flows/answers/answer-records.ts';
import { takeOver } from '../../../../lib/domain/answers/answer-record.ts';
import { createRequestAllowances } from '../../../../lib/flows/answers/request-allowances.ts';
import {
  createSessionWriter,
  type SessionPlace,
} from '../../../../lib/flows/answers/session-writer.ts';
import type { SessionNews } from '../../../../lib/ports/agent-sessions.ts';
import type { TrackerCall } from '../../../../lib/ports/issue-tracker.ts';
import { createLogger } from '../../../../lib/runtime/logging.ts';
import { noSessions } from '../../../builders/agent-sessions.ts';
import { askedRun, emptyReport } from '../../../builders/answer-services.ts';

const log = createLogger();
const openedAt = Date.parse('2026-11-22T10:00:00.000Z');
const component = { repository: 'acme/shop', component: 'orders' };
const place = {
  kind: 'linear-session',
  id: 'session-1',
  identifier: 'ENG-7',
  ...component,
} as const satisfies SessionPlace & Place;

function keptOf(run: AnsweredRun): KeptAnswer {
  const startedAt = new Date(openedAt).toISOString();
  const answering = { id: run.id, startedAt, subject: 'orders of acme/shop' };
  const record = takeOver(undefined, { at: startedAt, place, run: answering });
  if (record === 'superseded') throw new Error('Nothing was there before');
  return { key: 'key', record };
}

/** @param address start of the links to runs */
function buildWriter(address = 'https://cicd.example') {
  const shown: { session: string; news: SessionNews; call: TrackerCall }[] = [];
  let now = openedAt;
  const allowances = createRequestAllowances(12);
  const writer = createSessionWriter(
    {
      allowances,
      linkTo: (runId) => `${address}/runs/${runId}`,
      now: () => now,
      sessions: {
        ...noSessions,
        isConfigured: async () => true,
        show: async (session, news, call) => void shown.push({ session, news, call }),
      },
      stack: 'test',
    },
    place,
  );
  const means = { allowance: allowances.afterwards(), log };
  return {
    writer,
    means,
    shown,
    pass: (minutes: number) => {
      now += minutes * 60_000;
    },
  };
}

describe('a run that has begun', () => {
  test('shows its plan and its page in one request, which makes way for answers', async () => {
    const { shown, writer } = buildWriter();
    await writer.begin(keptOf(askedRun), askedRun, log);
    expect(shown).toMatchObject([
      {
        session: 'session-1',
        news: {
          plan: [{ content: 'Read the files', status: 'inProgress' }, {}, {}, {}, {}, {}],
          link: { label: 'Run', url: 'https://cicd.example/runs/run-1' },
        },
        call: { urgency: 'progress' },
      },
    ]);
  });

  test('shows no page that others cannot reach', async () => {
    const { shown, writer } = buildWriter('http://localhost:4200');
    await writer.begin(keptOf(askedRun), askedRun, log);
    expect(shown[0]?.news.link).toBeUndefined();
  });
});

describe('the progress', () => {
  test('is the plan, and no activity', async () => {
    const { shown, writer } = buildWriter();
    await writer.progress?.(keptOf(askedRun), askedRun, 'analyse architecture');
    expect(shown[0]?.news.activity).toBeUndefined();
    expect(shown[0]?.news.plan?.[2]).toMatchObject({ status: 'inProgress' });
  });

  test('of agents is a passing thought every ten minutes: the session must not look forgotten', async () => {
    const { pass, shown, writer } = buildWriter();
    const step = 'asking agents: code *quality* 3 min';
    const show = () => writer.progress?.(keptOf(askedRun), askedRun, step);
    await show();
    pass(9);
    await show();
    pass(2);
    await show();
    const activities = shown.map(({ news }) => news.activity);
    expect(activities[0]).toMatchObject({
      kind: 'thought',
      isEphemeral: true,
      body: String.raw`asking agents: code \*quality\* 3 min`,
    });
    const [first, second, third] = activities.map((activity) => activity?.id);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });
});

describe('a run that has ended', () => {
  test('is answered by the report, under an id of its own', async () => {
    const { means, shown, writer } = buildWriter();
    const outcome = { kind: 'report', answer: { ...emptyReport, reply: '3 findings' } } as const;
    await writer.finish(keptOf(askedRun), outcome, means);
    await writer.finish(keptOf(askedRun), outcome, means);
    await writer.finish(keptOf({ ...askedRun, id: 'run-2' }), outcome, means);
    expect(shown[0]).toMatchObject({
      news: { activity: { kind: 'response', body: '3 findings' } },
      call: { urgency: 'answer' },
    });
    expect(shown[0]?.news.plan?.every(({ status }) => status === 'completed')).toBe(true);
    const [first, again, other] = shown.map(({ news }) => news.activity?.id);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test('without a report is answered by why, and what to do', async () => {
    const { means, shown, writer } = buildWriter();
    const failed = { kind: 'failed', reason: 'No files', advice: 'Correct the globs' } as const;
    await writer.finish(keptOf(askedRun), failed, means);
    const { activity, plan } = shown[0]?.news ?? {};
    expect(activity).toMatchObject({
      kind: 'error',
      body: expect.stringMatching(
        /`orders` of `acme\/shop` failed[^]*No files[^]*Correct the globs/,
      ),
    });
    expect(plan?.every(({ status }) => status === 'canceled')).toBe(true);
  });
});

test('without the credentials of the app it says what is missing', async () => {
  const services = { allowances: createRequestAllowances(1), linkTo: String, now: Date.now };
  const writer = createSessionWriter({ ...services, sessions: noSessions, stack: 'test' }, place);
  expect(await writer.whyNot()).toBe('no credentials of the app in Linear are set');
});
