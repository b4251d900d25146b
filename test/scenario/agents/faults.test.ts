import { expect, test } from 'vitest';
import {
  badGateway,
  cutBody,
  hang,
  reset,
  serverError,
  tooManyRequests,
  type FaultyAnswer,
} from '../../support/faulty-answers.ts';
import type { JsonRequest, ServiceFault } from '../../support/agent-service/json-service.ts';
import { expectHarmless, readTexts, withShortPauses } from '../story/fault-runs.ts';
import {
  commentsOn,
  componentOf,
  createAgentsWorld,
  reportsOf,
  type AgentsWorld,
} from './agents-world.ts';

withShortPauses();

const answers: Record<string, FaultyAnswer> = {
  resets: reset,
  hangs: hang,
  'cut-bodies': cutBody(),
  errors: serverError(),
  limits: tooManyRequests(1),
  'pages-for-people': badGateway(),
};

const analyses = ['code-quality', 'architecture', 'integration'];
/** How often each case meets its fault. */
const strikes = 2;

/** What goes wrong around the agents of a component, in passing. */
interface FaultCase {
  component: string;
  answer: FaultyAnswer;
  /** `lost`: the agent run is created, and the answer that says so does not arrive. */
  at: 'creation' | 'lost' | 'look';
}

const named = Object.entries(answers);
const cases: FaultCase[] = [
  ...named.map(([name, answer]) => ({
    component: `creation-${name}`,
    answer,
    at: 'creation' as const,
  })),
  ...named.map(([name, answer]) => ({ component: `look-${name}`, answer, at: 'look' as const })),
  // A service that has had enough has done nothing.
  ...named
    .filter(([name]) => name !== 'limits')
    .map(([name, answer]) => ({ component: `lost-${name}`, answer, at: 'lost' as const })),
];
const never = 'never-created';
const neverCreated: FaultCase = { component: never, answer: serverError(), at: 'creation' };
const components = [...cases.map(({ component }) => component), never];

function isCreation({ method, path }: JsonRequest): boolean {
  return method === 'POST' && path.endsWith('/agent/run');
}

/** Whether a creation is asked for the component. */
function creates(component: string) {
  return (_: string, request: JsonRequest): boolean =>
    isCreation(request) && componentOf(promptIn(request)) === component;
}

function promptIn({ body }: JsonRequest): { prompt: string } {
  const hasPrompt = typeof body === 'object' && body !== null && 'prompt' in body;
  return { prompt: hasPrompt ? String(body.prompt) : '' };
}

/** @param note is told of each request that meets the fault */
function faultOf(
  { agentRunsOf }: AgentsWorld,
  { answer, at, component }: FaultCase,
  note: (component: string) => void,
): ServiceFault {
  const isLook = (line: string) =>
    agentRunsOf(component).some(({ id }) => line.endsWith(`/agent/run/${id}`));
  const isMeant = at === 'look' ? isLook : creates(component);
  return {
    answer,
    times: component === never ? Infinity : strikes,
    carriedOut: at === 'lost',
    when: (line, request) => {
      const meets = isMeant(line, request);
      if (meets) note(component);
      return meets;
    },
  };
}

test('a Codegen that fails in passing runs every agent once, and one that never creates holds up no report', async () => {
  const world = await createAgentsWorld({ components });
  const { agentRunsOf, codegen, linear } = world;
  const struck = new Map(components.map((name) => [name, 0]));
  const note = (name: string) => struck.set(name, (struck.get(name) ?? 0) + 1);
  codegen.addFaults([...cases, neverCreated].map((one) => faultOf(world, one, note)));
  const host = await world.startHost();

  const runs = await world.analyseAll(host);

  const reports = await reportsOf(host, runs);
  const ends = components.map((name) => [
    name,
    {
      agents: reports[name]?.agents.map(({ attempts, outcome }) => `${outcome} ${attempts}`),
      started: agentRunsOf(name).length,
      comments: commentsOn(world, name),
    },
  ]);
  const comments = [expect.stringMatching(/mutable[^]*What agents add[^]*Full report/)];
  const asked = { agents: analyses.map(() => 'answered 1'), started: analyses.length, comments };
  expect(Object.fromEntries(ends)).toEqual({
    ...Object.fromEntries(cases.map(({ component }) => [component, asked])),
    [never]: { agents: analyses.map(() => 'failed 1'), started: 0, comments },
  });
  expect(commentsOn(world, never)[0]).toContain('Codegen has failed (500)');
  const metTwice = cases.map(({ component }) => [component, strikes]);
  expect(Object.fromEntries(struck)).toMatchObject(Object.fromEntries(metTwice));
  expectHarmless(await readTexts(world, host));
  expect([...codegen.violations, ...linear.violations, ...linear.duplicates]).toEqual([]);
}, 120_000);
