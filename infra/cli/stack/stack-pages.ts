import type { Hono } from 'hono';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import { createAnswerRecords } from '../../../lib/flows/answers/answer-records.ts';
import { createDeskApp } from '../../local/http/desk-app.ts';
import type { Settings } from '../settings.ts';
import { explainAwsError } from './explain-aws-error.ts';
import { openStack } from './open-stack.ts';
import { openStackDesk, openStackSwitches } from './stack-desk.ts';

/** The pages and the API of a host, over the desks of a stack. */
export async function createStackPages(settings: Settings, stack: string): Promise<Hono> {
  const { store } = await openStack(settings, stack);
  const { agents, deliveries, desk, pause, schedules } = await openStackDesk(settings, stack);
  const switches = await openStackSwitches(settings, stack);
  return createDeskApp({
    stack,
    runs: desk,
    agents,
    deliveries,
    scheduler: schedules,
    pause,
    answers: createAnswerRecords(store, Date.now),
    onResume: async () => void (await switches.workOff()),
    explain,
  });
}

/** Whoever sees the pages is the operator, whose credentials and rights these are. */
function explain(error: unknown): string | undefined {
  return explainAwsError(error) ?? (error instanceof UpstreamError ? error.message : undefined);
}
