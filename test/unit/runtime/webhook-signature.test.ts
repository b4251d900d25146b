import { LinearWebhookClient } from '@linear/sdk/webhooks';
import { sign, verify } from '@octokit/webhooks-methods';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matchSecret } from '../../../lib/runtime/webhook-signature.ts';
import { hmacOf } from '../../support/signed-delivery.ts';

const prefix = 'sha256=';
const body = Buffer.from('{"action":"opened"}');
const signed = (secret: string) => ({ signature: `${prefix}${hmacOf(body, secret)}`, prefix });

describe('which secret a body is signed with', () => {
  test('the current one', () => {
    expect(matchSecret(body, signed('new'), ['new', 'old'])).toBe('current');
  });

  test('the previous one', () => {
    expect(matchSecret(body, signed('old'), ['new', 'old'])).toBe('previous');
  });

  test('the current one where both are the same', () => {
    expect(matchSecret(body, signed('new'), ['new', 'new'])).toBe('current');
  });

  test('none of them', () => {
    expect(matchSecret(body, signed('other'), ['new', 'old'])).toBeUndefined();
  });

  test('none where none is known', () => {
    expect(matchSecret(body, signed('new'), [])).toBeUndefined();
  });

  test('an empty body is signed by nobody', () => {
    const empty = { signature: `${prefix}${hmacOf('', 'new')}`, prefix };
    expect(matchSecret(new Uint8Array(), empty, ['new'])).toBeUndefined();
  });

  test.each([
    undefined,
    '',
    prefix,
    hmacOf(body, 'new'),
    `sha1=${hmacOf(body, 'new')}`,
    `${prefix}${hmacOf(body, 'new').toUpperCase()}`,
    `${prefix}${hmacOf(body, 'new')}0`,
    `${prefix}${hmacOf(body, 'new')},${prefix}${hmacOf(body, 'new')}`,
    `${prefix}${hmacOf(body, 'new').slice(1)}`,
  ])('a malformed signature fits none: %s', (signature) => {
    expect(matchSecret(body, { signature, prefix }, ['new'])).toBeUndefined();
  });
});

const secrets = fc.string({ minLength: 1, unit: 'binary' });
const texts = fc.string({ minLength: 1, unit: 'binary' });

/** Signatures that are right, nearly right, or nothing of the kind. */
const alterations = fc.oneof(
  fc.constant((signature: string) => signature),
  fc
    .nat()
    .map(
      (at) => (signature: string) =>
        signature.slice(0, at % signature.length) + signature.slice((at % signature.length) + 1),
    ),
  fc.constant((signature: string) => signature.toUpperCase()),
  fc.constant((signature: string) => ` ${signature}`),
  fc.constant((signature: string) => `${signature}\n`),
  fc.string({ minLength: 1 }).map((text) => () => text),
);

async function agreesWithGithub(
  [secret, signedWith]: [string, string],
  text: string,
  alter: (signature: string) => string,
): Promise<void> {
  const signature = alter(await sign(signedWith, text));
  const ours = matchSecret(Buffer.from(text), { signature, prefix }, [secret]);
  expect(ours !== undefined).toBe(await verify(secret, text, signature));
}

function agreesWithLinear(
  secret: string,
  text: string,
  alter: (signature: string) => string,
): void {
  const raw = Buffer.from(JSON.stringify({ text, webhookTimestamp: Date.now() }));
  const signature = alter(hmacOf(raw, secret));
  const ours = matchSecret(raw, { signature, prefix: '' }, [secret]);
  expect(ours !== undefined).toBe(linearAccepts(secret, raw, signature));
}

function linearAccepts(secret: string, raw: Buffer, signature: string): boolean {
  try {
    return new LinearWebhookClient(secret).verify(raw, signature);
  } catch {
    return false;
  }
}

describe('what the libraries of the services say', () => {
  test('GitHub: ours accepts what @octokit/webhooks-methods accepts, and nothing else', async () => {
    const pairs = fc.oneof(
      fc.tuple(secrets, secrets),
      secrets.map((secret): [string, string] => [secret, secret]),
    );
    const agreement = fc.asyncProperty(pairs, texts, alterations, agreesWithGithub);
    await fc.assert(agreement, { numRuns: 300 });
  });

  test('Linear: ours accepts what @linear/sdk accepts, and nothing else', () => {
    const agreement = fc.property(secrets, texts, alterations, agreesWithLinear);
    fc.assert(agreement, { numRuns: 300 });
  });
});
