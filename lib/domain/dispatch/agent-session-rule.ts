import type { AgentSessionChange, BusEvent } from '../event.ts';
import type { Decision, DispatchContext } from './decision.ts';
import { ignored } from './ignored.ts';
import { runName } from './run-name.ts';

export const agentSessionEvents = {
  created: 'AgentSessionEvent.created',
  prompted: 'AgentSessionEvent.prompted',
} as const;

const watched: ReadonlySet<string> = new Set(Object.values(agentSessionEvents));

/** The flow that answers in sessions. */
export const agentSessionFlow = 'agent-session';

/** A person has called our app in Linear, or said something more: that is answered. */
export function decideAgentSession(
  event: BusEvent,
  context: DispatchContext,
): Decision[] | undefined {
  if (event.source !== 'linear' || !watched.has(event.type)) return undefined;
  const session = event.agentSession;
  if (session === null) return ignored('the payload does not hold the session');
  const isPrompt = event.type === agentSessionEvents.prompted;
  const why = whyIgnored(event, session, isPrompt);
  if (why !== undefined) return ignored(why);

  const activity = isPrompt ? (session.activity?.id ?? null) : null;
  const where =
    session.issue === null ? 'an agent session' : `the session of ${session.issue.identifier}`;
  return [
    {
      kind: 'run',
      flow: agentSessionFlow,
      name: runName(agentSessionFlow, [session.id, activity], context),
      input: { session: session.id, activity },
      reason: isPrompt ? `something was said in ${where}` : `${where} was begun`,
      whilePaused: true,
    },
  ];
}

function whyIgnored(
  { sender }: BusEvent,
  { activity }: AgentSessionChange,
  isPrompt: boolean,
): string | undefined {
  // What we say ourselves comes back as an event, too.
  if (activity?.isOwn === true) return 'the app has said it itself';
  if (isPrompt && activity === null) return 'the payload does not hold what was said';
  if (isPrompt && activity?.type !== 'prompt') return `nobody has said anything: ${activity?.type}`;
  if (sender === null) return 'no person has called the app: only users may ask';
  return sender.type === 'user'
    ? undefined
    : `${sender.type} has called the app: only users may ask`;
}
