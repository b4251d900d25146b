import { beforeEach, expect, test } from 'vitest';
import { polledPushes } from '../../../../lib/flows/autonomous-cicd/polled-pushes.ts';
import { analysisInputSchema } from '../../../../lib/flows/component-analysis/input.ts';
import { setLogSink } from '../../../../lib/runtime/logging.ts';
import { buildCicd } from '../../../builders/cicd-services.ts';
import { buildPush } from '../../../builders/events.ts';

beforeEach(() => setLogSink(() => {}));

const shop = 'acme/shop';
const [one = '', two = '', three = ''] = ['1', '2', '3'].map((digit) => digit.repeat(40));

/** `acme/shop` was looked at once, at its first commit. Every push touches `orders`. */
async function build() {
  const { dispatch, github, putForward, runs, work } = buildCicd();
  const push = (commit: string) => github.push(shop, commit, ['orders/a']);
  const tick = () => {
    putForward(15);
    return work(polledPushes);
  };
  push(one);
  await tick();
  return {
    push,
    tick,
    tell: (before: string, after: string) =>
      dispatch(buildPush({ before, after }, { deliveryId: `d-${before}-${after}` })),
    analysed: () =>
      runs.requests.map(({ input }) => {
        const { origin } = analysisInputSchema.parse(input);
        return origin?.kind === 'push' ? origin.commit : undefined;
      }),
  };
}

test('a branch that goes back and forth is analysed each time, without any webhook', async () => {
  const { analysed, push, tick } = await build();
  for (const commit of [two, one, two]) {
    push(commit);
    await tick();
    await tick();
  }
  expect(analysed()).toEqual([two, one, two]);
});

test('a branch that was reset is analysed though its webhooks have told the commit before', async () => {
  const { analysed, push, tell, tick } = await build();
  push(two);
  await tell(one, two);
  push(three);
  await tell(two, three);
  await tick();
  push(two);
  await tick();
  expect(analysed()).toEqual([two, three, two]);
  // The webhook of the reset comes late.
  await tell(three, two);
  expect(analysed()).toHaveLength(3);
});

test('of several pushes that were found as one, the webhook of the last one starts nothing', async () => {
  const { analysed, push, tell, tick } = await build();
  push(two);
  push(three);
  await tick();
  expect(analysed()).toEqual([three]);
  await tell(one, two);
  await tell(two, three);
  expect(analysed()).toEqual([three, two]);
});
