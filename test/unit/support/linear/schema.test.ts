import { LinearClient } from '@linear/sdk';
import { parse, validate, validateSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { serverError } from '../../../support/faulty-answers.ts';
import { startLinearServer } from '../../../support/linear/linear-server.ts';
import { linearSchema } from '../../../support/linear/schema.ts';

/** What a request is told: nothing, when the schema allows it. */
function problemsOf(query: string): string[] {
  return validate(linearSchema(), parse(query)).map(({ message }) => message);
}

describe("Linear's schema", () => {
  it('is whole', () => {
    expect(validateSchema(linearSchema())).toEqual([]);
    expect(Object.keys(linearSchema().getTypeMap()).length).toBeGreaterThan(1_000);
  });

  it('allows what the SDK asks for', async () => {
    const server = await startLinearServer();
    server.script([{ answer: serverError(), times: 100 }]);
    const client = new LinearClient({ apiKey: server.credentials.apiKey, apiUrl: server.url });
    const asked = [
      client.viewer,
      client.organization,
      client.issue('ENG-1'),
      client.issues({ first: 10, filter: { labels: { some: { name: { eq: 'x' } } } } }),
      client.teams({ filter: { key: { eq: 'ENG' } } }),
      client.comments({ filter: { id: { in: ['1'] } } }),
      client.webhooks(),
      client.rateLimitStatus,
      client.createComment({ issueId: 'ENG-1', body: 'x' }),
      client.updateComment('1', { body: 'x' }),
      client.updateIssue('ENG-1', { stateId: '1', addedLabelIds: ['1'] }),
      client.createIssue({ teamId: '1', title: 'x' }),
      client.createAttachment({ issueId: 'ENG-1', title: 'x', url: 'https://x.example' }),
      client.createWebhook({ url: 'https://x.example', resourceTypes: ['Issue'] }),
      client.issueSearch({ query: 'x' }),
      client.createAgentActivity({ agentSessionId: '1', content: { type: 'thought', body: 'x' } }),
    ];
    await Promise.allSettled(asked);
    expect(server.violations).toEqual([]);
    expect(server.requests).toHaveLength(asked.length);
  });

  it.each([
    ['a wrong field', '{ viewer { nickname } }', 'Cannot query field "nickname"'],
    ['a wrong argument', '{ issue(key: "ENG-1") { id } }', 'Unknown argument "key"'],
    ['a missing argument', '{ issue { id } }', 'argument "id" of type "String!" is required'],
    [
      'a missing input',
      'mutation { issueCreate(input: { title: "x" }) { success } }',
      'Field "IssueCreateInput.teamId" of required type "String!"',
    ],
    [
      'an unknown value of an enum',
      '{ issues(orderBy: priority) { nodes { id } } }',
      'Value "priority" does not exist in "PaginationOrderBy"',
    ],
    [
      'a time that is none',
      '{ issues(filter: { updatedAt: { gt: "yesterday" } }) { nodes { id } } }',
      'DateTimeOrDuration cannot represent "yesterday"',
    ],
    ['an object without its fields', '{ viewer }', 'must have a selection of subfields'],
  ])('refuses %s', (_, query, problem) => {
    expect(problemsOf(query).join()).toContain(problem);
  });

  it('knows nullable, lists and interfaces', () => {
    const schema = linearSchema();
    const typeOf = (type: string, field: string) => {
      const found = schema.getType(type);
      return found && 'getFields' in found ? String(found.getFields()[field]?.type) : 'none';
    };
    expect(typeOf('Issue', 'labelIds')).toBe('[String!]!');
    expect(typeOf('Issue', 'description')).toBe('String');
    expect(typeOf('Issue', 'state')).toBe('WorkflowState!');
    expect(typeOf('CommentCreateInput', 'body')).toBe('String');
    expect(String(schema.getType('Node'))).toBe('Node');
    expect(problemsOf('{ issue(id: "1") { ... on Node { id } } }')).toEqual([]);
  });
});
