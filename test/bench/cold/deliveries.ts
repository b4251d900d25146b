import { randomUUID } from 'node:crypto';
import {
  githubDelivery,
  linearDelivery,
  type SignedDelivery,
} from '../../support/signed-delivery.ts';

/** A push of ten commits, 5 KB. */
const push = {
  ref: 'refs/heads/main',
  before: '1'.repeat(40),
  after: '2'.repeat(40),
  deleted: false,
  repository: { full_name: 'acme/shop', default_branch: 'main' },
  sender: { login: 'ada', type: 'User' },
  commits: Array.from({ length: 10 }, (_, number) => ({
    id: String(number).repeat(40),
    message: `Change ${number}: ${'what was done and why '.repeat(10)}`,
    added: [`src/added-${number}.ts`],
    modified: [`src/changed-${number}.ts`],
    removed: [],
  })),
};

/** An issue that has got a label, 3 KB. */
const labelled = {
  type: 'Issue',
  action: 'update',
  actor: { id: randomUUID(), name: 'Ada', type: 'user' },
  data: {
    id: randomUUID(),
    identifier: 'ENG-7',
    title: 'Analyse the shop',
    description: 'What is to be looked at, and why. '.repeat(60),
    updatedAt: '2026-01-01T00:00:00.000Z',
    labelIds: ['label-1'],
    labels: [{ id: 'label-1', name: 'component-analysis' }],
  },
  updatedFrom: { updatedAt: '2025-12-31T00:00:00.000Z', labelIds: [] },
  url: 'https://linear.app/acme/issue/ENG-7',
};

/** As API Gateway hands it over. */
function gatewayEvent({ body, headers }: SignedDelivery) {
  const requestContext = { http: { method: 'POST' } };
  return { version: '2.0', requestContext, headers, body: body.toString(), isBase64Encoded: false };
}

export const githubPush = () => gatewayEvent(githubDelivery(push, { event: 'push' }));
export const linearLabel = () => gatewayEvent(linearDelivery(labelled));
