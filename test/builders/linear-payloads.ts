type Fields = Record<string, unknown>;

/** An issue as Linear's webhooks describe it. */
export function linearIssueData(fields: Fields = {}): Fields {
  return {
    id: '5c4a8a1e-3f0e-4c53-9d0b-2f6d0a8f4f11',
    identifier: 'ENG-7',
    number: 7,
    title: 'Analyse orders',
    description: 'Why is it slow?',
    labelIds: ['label-1'],
    labels: [{ id: 'label-1', name: 'component-analysis', color: '#fff' }],
    previousIdentifiers: [],
    state: { id: 'state-1', name: 'Todo', type: 'unstarted' },
    teamId: 'team-1',
    team: { id: 'team-1', key: 'ENG', name: 'Engineering' },
    createdAt: '2026-11-20T10:00:00.000Z',
    updatedAt: '2026-11-22T10:00:00.000Z',
    url: 'https://linear.app/acme/issue/ENG-7/analyse-orders',
    ...fields,
  };
}

/** A webhook payload about an issue. */
export function linearIssuePayload(fields: Fields = {}, data: Fields = {}): Fields {
  return {
    action: 'create',
    type: 'Issue',
    actor: {
      id: 'user-1',
      type: 'user',
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      url: 'https://linear.app/acme/profiles/ada',
    },
    createdAt: '2026-11-22T10:00:00.000Z',
    data: linearIssueData(data),
    organizationId: 'organization-1',
    url: 'https://linear.app/acme/issue/ENG-7/analyse-orders',
    webhookId: 'webhook-1',
    ...fields,
  };
}
