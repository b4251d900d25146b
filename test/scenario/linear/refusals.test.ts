import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { UpstreamError } from '../../../lib/domain/errors.ts';
import { answerCall, linearUnderTest, nothingMore } from './linear-under-test.ts';

/** The live service was seen to refuse with either. */
describe.each([200, 400] as const)('what Linear refuses with status %i', (refusalStatus) => {
  const seed = { refusalStatus };

  it('is nothing, where an issue is not there', async () => {
    const { tracker, server } = await linearUnderTest({ seed });
    expect(await tracker.getIssue('ENG-99', nothingMore, answerCall)).toBeUndefined();
    const found = await tracker.getIssueWithChildren(randomUUID(), nothingMore, answerCall);
    expect(found).toBeUndefined();
    expect(server.requests).toHaveLength(2);
  });

  it('is no failure, where a comment is there already', async () => {
    const { tracker, server } = await linearUnderTest({ seed });
    const change = {
      kind: 'create-comment',
      id: randomUUID(),
      issueId: server.issue('ENG-1').id,
      body: 'Once',
    } as const;
    await tracker.change([change], answerCall);
    await tracker.change([change], answerCall);
    expect(server.issue('ENG-1').comments).toHaveLength(1);
  });

  it('is an error for good, where only administrators may', async () => {
    const { admin, server } = await linearUnderTest({ seed });
    server.setAdmin(false);
    const failure = await admin.listWebhooks().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure).toMatchObject({ status: 403, retryable: false });
    expect(server.requests).toHaveLength(1);
  });

  it('is an error for good, where a state is not of the team', async () => {
    const { server, tracker } = await linearUnderTest({ seed });
    const issueId = server.issue('ENG-1').id;
    const move = { kind: 'move', issueId, stateId: randomUUID() } as const;
    expect(await tracker.change([move], answerCall)).toMatchObject([
      { change: move, error: { name: 'FinalUpstreamError' } },
    ]);
  });
});
