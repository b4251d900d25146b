import { createHash } from 'node:crypto';
import { linearIssuePayload } from '../../builders/linear-payloads.ts';
import {
  githubDelivery,
  linearDelivery,
  type SignedDelivery,
} from '../../support/signed-delivery.ts';

/** A delivery, and what has to come of it. */
export interface ExpectedDelivery {
  id: string;
  source: 'github' | 'linear';
  /** Deliveries of one cause have the same; null where the delivery is to be ignored. */
  cause: string | null;
  /** How many runs its cause has. */
  runs: number;
  /** As it is sent now: Linear signs the time. */
  sign(): SignedDelivery;
}

export const streamProject = `export default {
  analyseOnFirstStart: false,
  repositories: [{
    name: 'acme/shop',
    components: { orders: ['orders/**'], web: ['web/**'] },
    analyseOnPush: true,
  }],
  runs: { concurrentAnalyses: 1 },
  schedules: { 'autonomous-cicd': { enabled: false }, 'system-health': { enabled: false } },
};\n`;

/**
 * 1,000 deliveries: 260 pushes by two hooks, every tenth to two components; 150 issues by the webhooks of
 * the workspace and of an app; 50 issues about nothing known; 130 comments that nobody handles.
 */
export function thousandDeliveries(): ExpectedDelivery[] {
  return [
    ...numbers(260).flatMap((number) => [pushDelivery(number, 'one'), pushDelivery(number, 'two')]),
    ...numbers(150).flatMap((number) => [
      issueDelivery(number, 'workspace'),
      issueDelivery(number, 'app'),
    ]),
    ...numbers(50).map((number) => issueDelivery(150 + number, 'workspace', 'Analyse the cellar')),
    ...numbers(130).map(commentDelivery),
  ];
}

/** Every delivery three times, in an order of no sense; half of them three times in a row. */
export function sentThreeTimes(deliveries: readonly ExpectedDelivery[]): ExpectedDelivery[] {
  const groups = deliveries.flatMap((delivery, index) =>
    index % 2 === 0 ? [[delivery, delivery, delivery]] : [[delivery], [delivery], [delivery]],
  );
  const places = new Map(groups.map((group, index) => [group, idOf('place', index)]));
  const placeOf = (group: ExpectedDelivery[]) => places.get(group) ?? '';
  return groups.toSorted((one, other) => placeOf(one).localeCompare(placeOf(other))).flat();
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_value, index) => index);
}

function idOf(...parts: (string | number)[]): string {
  const hex = createHash('sha256').update(parts.join(' ')).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

const repository = { full_name: 'acme/shop', default_branch: 'main' };

/** Each push starts where the one before has led. */
function commitOf(number: number): string {
  return createHash('sha1').update(`commit ${number}`).digest('hex');
}

function pushDelivery(number: number, hook: string): ExpectedDelivery {
  const id = idOf('push', number, hook);
  const touchesBoth = number % 10 === 0;
  const modified = touchesBoth ? ['orders/a.py', 'web/b.py'] : ['orders/a.py'];
  const after = commitOf(number);
  const payload = {
    ref: 'refs/heads/main',
    before: commitOf(number - 1),
    after,
    commits: [{ id: after, added: [], removed: [], modified }],
    repository,
    sender: { login: 'ada', type: 'User' },
  };
  return {
    id,
    source: 'github',
    cause: `push ${number}`,
    runs: modified.length,
    sign: () => githubDelivery(payload, { event: 'push', id }),
  };
}

function issueDelivery(number: number, hook: string, title = 'Analyse orders'): ExpectedDelivery {
  const id = idOf('issue', number, hook);
  const issue = { id: idOf('issue id', number), identifier: `ENG-${number}`, title };
  const payload = linearIssuePayload({ webhookId: hook }, issue);
  return {
    id,
    source: 'linear',
    cause: `issue ${number}`,
    runs: 1,
    sign: () => linearDelivery(payload, { id }),
  };
}

function commentDelivery(number: number): ExpectedDelivery {
  const id = idOf('comment', number);
  const payload = {
    action: 'created',
    issue: { number },
    comment: { id: number },
    repository,
    sender: { login: 'ada', type: 'User' },
  };
  return {
    id,
    source: 'github',
    cause: null,
    runs: 0,
    sign: () => githubDelivery(payload, { event: 'issue_comment', id }),
  };
}
