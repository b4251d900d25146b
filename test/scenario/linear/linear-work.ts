import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { createLinear } from '../../../lib/adapters/linear/linear.ts';
import type { LinearServer } from '../../support/linear/linear-server.ts';
import { answerCall, nothingMore } from './linear-under-test.ts';

type Linear = ReturnType<typeof createLinear>;

/** Something that is done with Linear, which can be done again without harm when it did not end well. */
export interface Work {
  name: string;
  run(linear: Linear, server: LinearServer): Promise<unknown>;
  /** What holds when it was done, however often it was tried. */
  holds?: (server: LinearServer) => void;
}

/** Everything that the ports offer. */
export function allWork(): Work[] {
  return [...readingWork(), answeringWork(), ...settingUpWork(), ...webhookWork()];
}

function readingWork(): Work[] {
  return [
    {
      name: 'read an issue',
      run: async ({ tracker }) => {
        const issue = await tracker.getIssue('ENG-1', nothingMore, answerCall);
        expect(issue?.identifier).toBe('ENG-1');
      },
    },
    {
      name: 'read sub-issues',
      run: async ({ tracker }) => {
        const found = await tracker.getIssueWithChildren('ENG-1', nothingMore, answerCall);
        expect(found?.issue.identifier).toBe('ENG-1');
      },
    },
    {
      name: 'look for requests',
      run: async ({ tracker }) => {
        const since = '2026-01-01T00:00:00.000Z';
        await tracker.listRequests({ label: 'component-analysis', since });
      },
    },
    { name: 'ask who we are', run: async ({ admin }) => await admin.whoAmI() },
  ];
}

/** All kinds of changes in one request, as an answer makes them. */
export function answeringWork(): Work {
  const id = randomUUID();
  const url = `https://cicd.example/runs/${id}`;
  return {
    name: 'answer an issue',
    run: async ({ tracker }, server) => {
      const issueId = server.issue('ENG-1').id;
      const stateId = stateCalled(server.world, 'In Progress');
      const labelId = server.world.labels.find(({ name }) => name === 'analysed')?.id ?? '';
      await tracker.change(
        [
          { kind: 'create-comment', id, issueId, body: 'Running' },
          { kind: 'update-comment', id, body: 'Done' },
          { kind: 'attach', issueId, url, title: 'Run', subtitle: 'Done' },
          { kind: 'move', issueId, stateId },
          { kind: 'add-label', issueId, labelId },
        ],
        answerCall,
      );
    },
    holds: (server) => {
      expect(server.issue('ENG-1')).toMatchObject({
        comments: [{ id, body: 'Done' }],
        attachments: [{ url, title: 'Run', subtitle: 'Done' }],
        state: 'In Progress',
        labels: ['analysed'],
      });
    },
  };
}

function stateCalled(world: LinearServer['world'], wanted: string): string {
  return world.teams[0]?.states.find(({ name }) => name === wanted)?.id ?? '';
}

function teamOf({ world }: LinearServer): string {
  return world.teams[0]?.id ?? '';
}

function settingUpWork(): Work[] {
  const labelId = randomUUID();
  const issueId = randomUUID();
  return [
    {
      name: 'look around',
      run: async ({ admin }, server) => {
        expect(await admin.findTeam('ENG')).toMatchObject({ name: 'Engineering' });
        expect(await admin.findLabels(teamOf(server), ['analysed'])).toHaveLength(1);
        expect(await admin.listStates(teamOf(server))).toHaveLength(6);
      },
    },
    {
      name: 'make a label',
      run: async ({ admin }, server) =>
        await admin.createLabel({ id: labelId, teamId: teamOf(server), name: 'fresh' }),
      holds: ({ world }) => {
        expect(world.labels.filter(({ name }) => name === 'fresh')).toHaveLength(1);
      },
    },
    {
      name: 'make an issue',
      run: async ({ admin }, server) => {
        const issue = { id: issueId, teamId: teamOf(server), title: 'New', description: 'Text' };
        expect(await admin.createIssue(issue)).toMatchObject({ identifier: 'ENG-2' });
      },
      holds: ({ world }) => expect(world.issues).toHaveLength(2),
    },
  ];
}

const webhook = {
  url: 'https://cicd.example/webhooks/linear',
  resourceTypes: ['Issue'],
  label: 'cicd',
  secret: 'of-no-worth',
};

/** As `cicd webhooks register` does it. */
async function register({ admin }: Linear): Promise<string> {
  const known = (await admin.listWebhooks()).find(({ url }) => url === webhook.url);
  return (known ?? (await admin.createWebhook(webhook))).id;
}

function webhookWork(): Work[] {
  return [
    {
      name: 'register a webhook',
      run: async (linear) =>
        await linear.admin.updateWebhook(await register(linear), { ...webhook, label: 'other' }),
      holds: ({ world }) => expect(world.webhooks).toMatchObject([{ label: 'other' }]),
    },
    {
      name: 'remove a webhook',
      run: async (linear) => await linear.admin.removeWebhook(await register(linear)),
      holds: ({ world }) => expect(world.webhooks).toEqual([]),
    },
  ];
}
