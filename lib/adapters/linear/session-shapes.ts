import { z } from 'zod';
import type { AgentSession, SessionPrompt } from '../../ports/agent-sessions.ts';
import { listOf } from './issue-shapes.ts';

const promptsPerSession = 20;

const promptFields = `nodes {
      id createdAt signal
      user { app }
      content { ... on AgentActivityPromptContent { body } }
    }`;

/** One activity, however many others there are. */
export const askedField = `asked: activities(first: 1, filter: { id: { eq: $activity } })
      @include(if: $withActivity) {
      ${promptFields}
    }`;

/** In which order activities come is nowhere promised: the schema sorts them. */
export const sessionFields = `
    id status createdAt updatedAt
    appUser { id }
    creator { app }
    comment { body }
    issue { id identifier previousIdentifiers title }
    prompts: activities(first: ${promptsPerSession}, filter: { type: { eq: "prompt" } }) {
      ${promptFields}
    }`;

const time = z.iso.datetime({ offset: true });
const longestText = 2_000;
/** It is kept in the history of a run. */
const text = z.string().transform((body) => body.slice(0, longestText));

const promptSchema = z.object({
  id: z.string(),
  createdAt: time,
  signal: z.string().nullable(),
  user: z.object({ app: z.boolean() }),
  content: z.object({ body: text.default('') }),
});

const knownStatus = z.enum([
  'pending',
  'active',
  'awaitingInput',
  'stopping',
  'complete',
  'error',
  'stale',
]);

export const sessionSchema = z.object({
  id: z.string(),
  status: z.string(),
  createdAt: time,
  updatedAt: time,
  appUser: z.object({ id: z.string() }),
  creator: z.object({ app: z.boolean() }).nullable(),
  comment: z.object({ body: text }).nullable(),
  issue: z
    .object({
      id: z.string(),
      identifier: z.string(),
      previousIdentifiers: z.array(z.string()),
      title: z.string(),
    })
    .nullable(),
  prompts: listOf(promptSchema),
  asked: listOf(promptSchema).default({ nodes: [] }),
});

/** @param ownId id of our app's user */
export function agentSessionOf(
  session: z.infer<typeof sessionSchema>,
  ownId: string,
): AgentSession {
  const { appUser, asked, comment, createdAt, creator, id, issue, prompts, status } = session;
  const known = new Map([...prompts.nodes, ...asked.nodes].map((prompt) => [prompt.id, prompt]));
  return {
    id,
    status: knownStatus.safeParse(status).data ?? 'unknown',
    isOurs: appUser.id === ownId,
    isByPerson: creator !== null && !creator.app,
    createdAt,
    issue,
    comment: comment?.body ?? '',
    prompts: [...known.values()]
      .map(promptOf)
      .toSorted((one, other) => Date.parse(one.createdAt) - Date.parse(other.createdAt)),
  };
}

function promptOf({ content, createdAt, id, signal, user }: z.infer<typeof promptSchema>) {
  return {
    id,
    body: content.body,
    isStop: signal === 'stop',
    isByPerson: !user.app,
    createdAt,
  } satisfies SessionPrompt;
}
