import { describe, expect, it } from 'vitest';
import {
  isOurWebhook,
  leadsTo,
  readWebhookAddress,
  showAddress,
  webhookAddress,
} from '../../../lib/domain/webhook-addresses.ts';

const installation = '0a1b2c3d';
const base = 'https://tunnel.example';
const ours = { source: 'github', base, installation } as const;

describe('the address of a webhook', () => {
  it.each([
    ['https://tunnel.example', 'https://tunnel.example/webhooks/github?host=0a1b2c3d'],
    ['https://tunnel.example/', 'https://tunnel.example/webhooks/github?host=0a1b2c3d'],
    ['https://tunnel.example/to/us/', 'https://tunnel.example/to/us/webhooks/github?host=0a1b2c3d'],
    ['https://tunnel.example/?a=1#b', 'https://tunnel.example/webhooks/github?host=0a1b2c3d'],
  ])('below %s is %s', (at, expected) => {
    expect(webhookAddress(at, 'github', installation)).toBe(expected);
    expect(readWebhookAddress(expected, 'github')?.mark).toBe(installation);
    expect(leadsTo(expected, at, 'github')).toBe(true);
  });

  it('leads to one place only', () => {
    const url = webhookAddress(base, 'github', installation);
    expect(leadsTo(url, 'https://other.example', 'github')).toBe(false);
    expect(leadsTo(url, `${base}/to/us`, 'github')).toBe(false);
    expect(leadsTo(url, base, 'linear')).toBe(false);
  });

  it('is shown without what may be secret', () => {
    const url = 'https://ada:secret@ci.example/hooks?token=secret#secret';
    expect(showAddress(url)).toBe('https://ci.example/hooks');
    expect(showAddress('')).toBe('an address that is none');
  });
});

describe('our webhook', () => {
  it.each([
    ['with our mark', `${base}/webhooks/github?host=${installation}`],
    [
      'with our mark at another address',
      `https://old.example/webhooks/github?host=${installation}`,
    ],
    ['made by hand at our address', `${base}/webhooks/github`],
    ['made by hand, spelt otherwise', 'https://Tunnel.Example:443/webhooks/github'],
  ])('is one %s', (_, url) => {
    expect(isOurWebhook(url, ours)).toBe(true);
  });

  it.each([
    ['with the mark of another installation', `${base}/webhooks/github?host=ffffffff`],
    ['with a query of its own', `${base}/webhooks/github?token=1`],
    ['without a mark at another address', 'https://old.example/webhooks/github'],
    ['with our mark of another sender', `${base}/webhooks/linear?host=${installation}`],
    ['with our mark of something else', `https://ci.example/hooks?host=${installation}`],
    ['without an address', ''],
  ])('is none %s', (_, url) => {
    expect(isOurWebhook(url, ours)).toBe(false);
  });

  it('is known by its mark alone, where nobody has said how we are reached', () => {
    const unknown = { ...ours, base: undefined };
    expect(isOurWebhook(`${base}/webhooks/github?host=${installation}`, unknown)).toBe(true);
    expect(isOurWebhook(`${base}/webhooks/github`, unknown)).toBe(false);
    expect(isOurWebhook(`${base}/webhooks/github?host=ffffffff`, unknown)).toBe(false);
  });
});
