import { describe, expect, test } from 'vitest';
import { hangs } from '../../../../lib/domain/reconcile/hanging-run.ts';
import type { RunDetail } from '../../../../lib/domain/run.ts';
import { runDetail, task } from '../../../builders/run-details.ts';

const at = (time: string) => Date.parse(`2026-03-01T${time}:00.000Z`);
const iso = (time: string) => new Date(at(time)).toISOString();

function open(overrides: Partial<RunDetail>): RunDetail {
  return runDetail({ state: 'running', startedAt: iso('10:00'), endedAt: null, ...overrides });
}

function hangsAt(time: string, run: RunDetail, busyFlows: string[] = []): boolean {
  return hangs(run, { now: at(time), awakeSince: at('00:00'), busyFlows: new Set(busyFlows) });
}

describe('hangs', () => {
  test('counts from the start of the run while no task has begun', () => {
    expect(hangsAt('10:29', open({}))).toBe(false);
    expect(hangsAt('10:30', open({}))).toBe(true);
  });

  test('counts from the last start or end of a task', () => {
    const tasks = [
      task({ startedAt: iso('10:05'), endedAt: iso('10:20') }),
      task({ startedAt: iso('10:20'), endedAt: null }),
      task({ startedAt: iso('10:10'), endedAt: iso('10:15') }),
    ];
    expect(hangsAt('10:49', open({ tasks }))).toBe(false);
    expect(hangsAt('10:50', open({ tasks }))).toBe(true);
  });

  test('counts from the last attempt of a task: whoever asks again and again is at work', () => {
    const polls = task({ startedAt: iso('10:00'), endedAt: null, movedAt: iso('11:00') });
    expect(hangsAt('11:29', open({ tasks: [polls] }))).toBe(false);
    expect(hangsAt('11:30', open({ tasks: [polls] }))).toBe(true);
  });

  test('counts from when the host has been awake: before, nothing could move', () => {
    const awakeSince = at('12:00');
    const busyFlows = new Set<string>();
    expect(hangs(open({}), { now: at('12:29'), awakeSince, busyFlows })).toBe(false);
    expect(hangs(open({}), { now: at('12:30'), awakeSince, busyFlows })).toBe(true);
  });

  test('lets a pending run wait for its turn while others of its flow are at work', () => {
    const pending = open({ state: 'pending', flow: 'component-analysis' });
    expect(hangsAt('12:00', pending, ['component-analysis'])).toBe(false);
    expect(hangsAt('12:00', pending, ['autonomous-cicd'])).toBe(true);
  });

  test('does not take a busy flow for an excuse of a running run', () => {
    expect(hangsAt('12:00', open({ flow: 'component-analysis' }), ['component-analysis'])).toBe(
      true,
    );
  });

  test('lets runs alone that wait for a timer or an answer, or have ended', () => {
    expect(hangsAt('23:00', open({ state: 'waiting' }))).toBe(false);
    expect(hangsAt('23:00', runDetail({ state: 'succeeded' }))).toBe(false);
  });
});
