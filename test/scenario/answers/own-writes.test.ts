import { expect, test } from 'vitest';
import { normaliseLinearEvent } from '../../../lib/adapters/linear/normalise-event.ts';
import { decideDispatch } from '../../../lib/domain/dispatch/decide.ts';
import { createDispatchContext } from '../../../lib/flows/dispatch/dispatch-context.ts';
import type { ConfigInput } from '../../../lib/runtime/config-schema.ts';
import { startWithLinear } from './answers-fixture.ts';

/** The credentials are a person's: what the system writes looks like what that person does. */
const linearSettings: NonNullable<ConfigInput['linear']>[] = [
  {},
  { doneLabel: 'analysed', states: { done: 'In Review' } },
  { doneLabel: 'analysed', states: { done: 'Done' } },
  { states: { running: 'In Review' } },
  { states: { running: 'Done' } },
];

async function workAs(linearConfig: NonNullable<ConfigInput['linear']>) {
  const config = {
    repositories: [{ name: 'acme/shop', components: { orders: ['orders'] } }],
    linear: linearConfig,
  };
  const started = await startWithLinear({ config });
  const context = createDispatchContext(started.host.config, 'test');
  const decide = (payload: Record<string, unknown>, index: number) => {
    const delivery = {
      deliveryId: `delivery-${index}`,
      eventName: String(payload['type']),
      receivedAt: '2026-11-22T10:00:00.000Z',
    };
    return decideDispatch(normaliseLinearEvent(payload, delivery), context);
  };
  return { ...started, decide };
}

test.each(linearSettings)(
  'what the system writes asks for nothing, with %j',
  { timeout: 60_000 },
  async (linearConfig) => {
    const { decide, host, input, linear } = await workAs(linearConfig);
    const asked = linear.payloads.length;
    expect(decide(linear.payloads[asked - 1] ?? {}, 0)).toMatchObject([{ kind: 'run' }]);

    await host.analyse(input);
    await host.analyse({ ...input, paths: ['nothing/**'] });
    linear.act.deleteComment(linear.issue('ENG-1').comments[0]?.id ?? '');
    await host.analyse(input);

    const written = linear.payloads.slice(asked);
    expect(written.length).toBeGreaterThanOrEqual(4);
    for (const [index, payload] of written.entries()) {
      expect(payload).toMatchObject({ actor: { type: 'user' } });
      expect(decide(payload, index)).toMatchObject([{ kind: 'ignored' }]);
    }
  },
);
