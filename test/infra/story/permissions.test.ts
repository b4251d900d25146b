import { expect, test } from 'vitest';
import { githubDelivery } from '../../support/signed-delivery.ts';
import { without } from '../harness/template/without.ts';
import { deliveredIds, send, startStoryStack, storySynthesis, useStory } from './story-stack.ts';

useStory();

test('a right that is taken out of the template is missed', async () => {
  const from = without(
    storySynthesis(),
    ({ Type, Properties }) =>
      Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('DispatcherRole'),
  );
  const stack = await startStoryStack({ from });

  await send(stack, 'github', githubDelivery({}));
  await stack.idle();

  expect(stack.denied).toContainEqual(
    expect.stringMatching(
      /DispatcherRole\S*\/\S+ may not dynamodb:\w+ on \S+:table\/autonomous-cicd-dev-/,
    ),
  );
  expect(stack.denied).toContainEqual(expect.stringContaining('may not logs:CreateLogStream'));
  expect(stack.logs('dispatcher')).toEqual([]);
});

test('a route that may not invoke its function answers nothing but a fault', async () => {
  const from = without(storySynthesis(), ({ Type }) => Type === 'AWS::Lambda::Permission');
  const stack = await startStoryStack({ from });

  const { status } = await send(stack, 'github', githubDelivery({}));

  expect(status).toBe(500);
  expect(stack.denied).toEqual([expect.stringContaining('POST/webhooks/github may not invoke')]);
  expect(deliveredIds(stack)).toEqual([]);
});

test('a function that may not read its secret takes nothing', async () => {
  const from = without(
    storySynthesis(),
    ({ Type, Properties }) =>
      Type === 'AWS::IAM::Policy' && JSON.stringify(Properties).includes('GithubWebhookRole'),
  );
  const stack = await startStoryStack({ from });

  const { status } = await send(stack, 'github', githubDelivery({}));

  expect(status).toBe(503);
  expect(stack.denied).toContainEqual(
    expect.stringContaining('may not secretsmanager:GetSecretValue'),
  );
});
