import { z } from 'zod';
import { scheduleViewSchema } from '../../../lib/domain/schedule.ts';
import type { AgentPause } from '../../../lib/flows/agent-pause.ts';
import type { Schedules } from '../../../lib/ports/schedules.ts';
import type { CallHost } from './host-client.ts';

const listSchema = z.object({ schedules: z.array(scheduleViewSchema) });
const startedSchema = z.object({ runId: z.string() });

/** The schedules of a host that runs on this machine, over its HTTP API. */
export function createHttpSchedules(call: CallHost): Schedules {
  return {
    list: async () => (await call({ path: '/api/schedules', answer: listSchema })).schedules,
    run: (name) => call({ method: 'POST', path: `${pathOf(name)}/run`, answer: startedSchema }),
    pause: (name) =>
      call({ method: 'POST', path: `${pathOf(name)}/pause`, answer: scheduleViewSchema }),
    resume: (name) =>
      call({ method: 'POST', path: `${pathOf(name)}/resume`, answer: scheduleViewSchema }),
  };
}

function pathOf(name: string): string {
  return `/api/schedules/${encodeURIComponent(name)}`;
}

const pauseSchema = z.object({ paused: z.boolean(), since: z.string().nullable() });
const pausedSchema = z.object({ since: z.string() });

/** The pause switch of a host that runs on this machine, over its HTTP API. */
export function createHttpPause(call: CallHost): AgentPause {
  return {
    async get() {
      const { since } = await call({ path: '/api/agents', answer: pauseSchema });
      return since === null ? null : { since };
    },
    pause: () => call({ method: 'POST', path: '/api/agents/pause', answer: pausedSchema }),
    async resume() {
      await call({ method: 'POST', path: '/api/agents/resume', answer: pauseSchema });
    },
  };
}
