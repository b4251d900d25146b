import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { linearSender } from '../../../../lib/adapters/linear/webhook-sender.ts';
import { hmacOf, testSecret } from '../../../support/signed-delivery.ts';

const now = Date.parse('2026-11-22T10:00:00.000Z');

// The library reads the system's clock.
beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => void vi.useRealTimers());

function libraryAccepts(payload: unknown): boolean {
  const body = Buffer.from(JSON.stringify(payload));
  try {
    return new LinearWebhookClient(testSecret).verify(body, hmacOf(body, testSecret));
  } catch {
    return false;
  }
}

test.each([
  [now, true],
  [now - 60_000, true],
  [now + 60_000, true],
  [now - 60_001, false],
  [now + 60_001, false],
  [now / 1_000, false],
  [0, false],
  [-now, false],
  [null, false],
  [undefined, false],
  [String(now), false],
  [[now], false],
])('a payload sent at %j is fresh: %s, as @linear/sdk says', (webhookTimestamp, isFresh) => {
  expect(linearSender.isFresh({ webhookTimestamp }, now)).toBe(isFresh);
  expect(libraryAccepts({ webhookTimestamp })).toBe(isFresh);
});
