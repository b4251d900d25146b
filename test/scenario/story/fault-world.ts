import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { sendFaultyAnswer } from '../../support/faulty-answers.ts';
import type { SeenRequest } from '../../support/linear/requests.ts';
import type { RunningHost } from '../../support/start-host.ts';
import { tarballOf } from '../../support/tarball.ts';
import { createStrikes, type FaultCase, type Strikes } from './fault-cases.ts';
import { createStoryWorld, deliver, shopFiles, type StoryWorld } from './story-world.ts';

/** Analyses side by side, each with a fault of its own. */
export interface FaultWorld extends StoryWorld {
  /** Identifier of the issue that asks for the component. */
  issueOf: (name: string) => string;
  /** Has every component analysed, as people do. */
  askForAll: (host: RunningHost) => Promise<void>;
  /** From now on things go wrong. */
  begin: () => void;
  /** From now on all is well. */
  end: () => void;
  /** How many requests about each component have met its fault. */
  strikes: () => Record<string, number>;
  /** How often Linear was asked because of each component, retries among them. */
  linearRequests: () => Record<string, number>;
}

/** A request has this long: nothing here is far away. */
const requestSeconds = '1';

export async function createFaultWorld(cases: readonly FaultCase[]): Promise<FaultWorld> {
  const late = new Set<string>();
  const strikes = new Map(
    cases.map((one, index) => [
      one.name,
      createStrikes(one, { isLate: () => late.has(one.name), seed: index + 1 }),
    ]),
  );
  const archives = createArchives(cases, { late, strikes });
  const world = await createStoryWorld({
    archives: archives.answer,
    components: cases.map(({ name }) => name),
    environment: { CICD_REQUEST_SECONDS: requestSeconds },
    issues: cases.map(({ name }) => `Look at ${name}`),
    ticks: true,
    trackingTable: false,
  });
  const { github, linear } = world;
  const issueOf = (name: string) => `ENG-${cases.findIndex((one) => one.name === name) + 2}`;
  const isAbout = (name: string, { variables }: SeenRequest) => {
    const { comments, id } = linear.issue(issueOf(name));
    const text = JSON.stringify(variables);
    return [id, ...comments.map((comment) => comment.id)].some((about) => text.includes(about));
  };

  return {
    ...world,
    issueOf,
    askForAll: async (host) => {
      for (const { name } of cases) {
        await deliver(host, linear.act.label(issueOf(name), 'component-analysis'));
      }
    },
    begin: () => {
      archives.setFailing(true);
      for (const one of cases) {
        const strike = () => strikes.get(one.name)?.next() ?? false;
        if (one.where === 'linear') {
          const when = (request: SeenRequest) => isAbout(one.name, request) && strike();
          const { answer, carriedOut = false } = one;
          linear.script([{ answer, carriedOut, when, times: Infinity }]);
        }
        if (one.where === 'github') scriptGithub(world, one, strike);
      }
    },
    end: () => {
      archives.setFailing(false);
      linear.clearScript();
      github.unscript();
    },
    strikes: () => toRecord(cases, ({ name }) => strikes.get(name)?.count() ?? 0),
    linearRequests: () =>
      toRecord(cases, ({ name }) => linear.requests.filter((one) => isAbout(name, one)).length),
  };
}

function toRecord(
  cases: readonly FaultCase[],
  countOf: (one: FaultCase) => number,
): Record<string, number> {
  return Object.fromEntries(cases.map((one) => [one.name, countOf(one)]));
}

function scriptGithub(
  { github }: StoryWorld,
  { answer, carriedOut = false, name }: FaultCase,
  when: () => boolean,
): void {
  const path = new RegExp(`^/repos/acme/${name}/`);
  const matching = { path, when, times: Infinity };
  if (carriedOut) {
    // Its answer is lost.
    github.script({ ...matching, fault: { kind: 'reset' }, done: true });
    return;
  }
  const listener: RequestListener = (_, response) => sendFaultyAnswer(response, answer);
  github.script({ ...matching, fault: { kind: 'listener', answer: listener } });
}

/** The host that has the archives: all of them are of the same files. */
function createArchives(
  cases: readonly FaultCase[],
  { late, strikes }: { late: Set<string>; strikes: ReadonlyMap<string, Strikes> },
) {
  let isFailing = false;
  const find = (name: string) => cases.find((one) => one.where === 'archive' && one.name === name);

  const good = tarballOf(shopFiles);

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, , name = ''] = request.url?.split('/') ?? [];
    late.add(name);
    const faulty = find(name);
    if (isFailing && faulty !== undefined && strikes.get(name)?.next() === true) {
      sendFaultyAnswer(response, faulty.answer);
      return;
    }
    response.writeHead(200, { 'content-type': 'application/x-gzip' }).end(await good);
  };
  return {
    answer: (request: IncomingMessage, response: ServerResponse) => void answer(request, response),
    setFailing: (failing: boolean) => {
      isFailing = failing;
    },
  };
}
