import { findUnheard } from '../../domain/agents/session/unheard.ts';
import { agentSessionEvents } from '../../domain/dispatch/agent-session-rule.ts';
import type { BusEvent } from '../../domain/event.ts';
import { eventLimits } from '../../domain/event-limits.ts';
import { cleanText } from '../../domain/json-fields.ts';
import { emptyEvent, polledId } from '../../domain/reconcile/polled-event.ts';
import type { AgentSession } from '../../ports/agent-sessions.ts';
import { stableId } from '../../runtime/stable-id.ts';
import type { Chore, CicdServices } from './chore.ts';
import { createCursor } from './cursor.ts';
import { lookAtEach } from './looking.ts';

const cursor = createCursor('sessions-since');

/** A webhook is waited for a little, and our clock may be ahead of Linear's. */
const overlapMs = 5 * 60_000;

/** Something that was said in a session: the event that no webhook has told. */
interface UnheardTurn {
  /** Of the event. */
  id: string;
  event: Omit<BusEvent, 'receivedAt'>;
}

/**
 * What people have said to the app although no delivery has told it: they become events under ids that are the same
 * however often they are found, so that the usual rules decide and each is answered once. How analyses of sessions
 * have ended is owed to them like other answers.
 */
export const agentSessions: Chore<UnheardTurn> = {
  name: 'unheard agent sessions',

  find: async (services, looking) => {
    const { sessions } = services;
    if (!(await sessions.isConfigured())) return [];
    return lookAtEach([sessions], { looking, services }, () => listUnheard(services));
  },

  workOff: async ({ event }, { bus, clock }) => {
    await bus.publish({ ...event, receivedAt: clock.now().toISOString() });
  },
};

/** Oldest first. */
async function listUnheard(services: CicdServices): Promise<UnheardTurn[]> {
  const { clock, sessionMemories, sessions } = services;
  const now = clock.now().getTime();
  const since = await cursor.get(services);
  const found: UnheardTurn[] = [];
  for (const session of await sessions.listChanged(new Date(since).toISOString())) {
    const { heard } = await sessionMemories.get(session.id);
    const unheard = findUnheard(session, heard, now);
    const turn = unheard && turnOf(session, unheard.activity);
    if (turn !== undefined && !(await isTold(turn, services))) found.push(turn);
  }
  // What waits for a later tick is found again: the cursor passes nothing that nobody was told of.
  if (found.length === 0) await cursor.set(now - overlapMs, services);
  return found.toReversed();
}

/** Its run may wait for its turn, or have failed: both are looked after elsewhere. */
async function isTold({ id }: UnheardTurn, { deliveries }: CicdServices): Promise<boolean> {
  return (await deliveries.get({ source: 'linear', id })) !== undefined;
}

function turnOf(
  { id: session, issue, prompts }: AgentSession,
  activity: string | null,
): UnheardTurn {
  const { created, prompted } = agentSessionEvents;
  const id = polledId(stableId('agent session', session, activity ?? ''));
  const said = prompts.find((prompt) => prompt.id === activity);
  const event = {
    ...emptyEvent('linear', said === undefined ? created : prompted),
    deliveryId: id,
    sender: { login: 'somebody', type: 'user' },
    subject: { agentSession: session, ...(issue && { issue: issue.id }) },
    agentSession: {
      id: session,
      issue: issue && {
        id: issue.id,
        identifier: issue.identifier,
        title: fitting(issue.title, eventLimits.title),
      },
      comment: null,
      activity:
        said === undefined
          ? null
          : {
              id: said.id,
              type: 'prompt',
              body: fitting(said.body, eventLimits.prompt),
              signal: said.isStop ? 'stop' : null,
              isOwn: false,
            },
    },
  };
  return { id, event };
}

function fitting(text: string, maxLength: number): string {
  return cleanText(text.slice(0, maxLength));
}
