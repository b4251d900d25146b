import { describe, expect, it } from 'vitest';
import { pickOwn, sortWebhooks } from '../../../../infra/cli/webhooks/sort-webhooks.ts';

const identity = {
  source: 'github',
  base: 'https://new.example',
  installation: '0a1b2c3d',
} as const;
const marked = 'https://new.example/webhooks/github?host=0a1b2c3d';
const byHand = 'https://new.example/webhooks/github';
const before = 'https://old.example/webhooks/github?host=0a1b2c3d';

function hooksAt(...urls: string[]) {
  return urls.map((url) => ({ url }));
}

describe('the webhook to register', () => {
  it.each([
    ['the marked one here', [byHand, before, marked], marked],
    ['the one made by hand here', [before, byHand], byHand],
    ['the one that has led here before', [before], before],
    ['none of another installation', [`${byHand}?host=ffffffff`], undefined],
    [
      'none of which it is not known whose it is',
      ['https://old.example/webhooks/github'],
      undefined,
    ],
  ])('is %s', (_, urls, expected) => {
    expect(pickOwn(hooksAt(...urls), identity).own?.url).toBe(expected);
  });

  it('is told with those of ours that stay at an address before', () => {
    expect(pickOwn(hooksAt(before, marked), identity).others).toEqual([
      {
        detail: `${before} is registered, too`,
        advice: 'that is an old address of yours: cicd webhooks remove --url https://old.example',
      },
    ]);
    expect(pickOwn(hooksAt(before), identity).others).toEqual([]);
  });
});

it('all of ours lead here, where nobody has said what here is', () => {
  const hooks = hooksAt(before, byHand, marked);
  const { elsewhere, here } = sortWebhooks(hooks, { ...identity, base: undefined });
  expect(here).toEqual(hooksAt(before, marked));
  expect(elsewhere).toEqual([]);
});

function othersAt(url: string, base: string | undefined = identity.base) {
  return sortWebhooks(hooksAt(marked, url), { ...identity, base }).others;
}

describe('what is told of a webhook that is not ours', () => {
  it.each([
    ['https://old.example/webhooks/github', 'https://old.example'],
    ['https://old.example/to/us/webhooks/github', 'https://old.example/to/us'],
  ])('is, of %s without a mark, the command that removes it', (url, base) => {
    expect(othersAt(url)).toEqual([
      {
        detail: `${url} is registered, too`,
        advice: `if that is an old address of yours: cicd webhooks remove --url ${base}`,
      },
    ]);
  });

  it('is how to make it ours, where nobody has said what here is', () => {
    expect(sortWebhooks(hooksAt(byHand), { ...identity, base: undefined }).others).toEqual([
      { detail: `${byHand} is not marked as ours: if it leads here, set host.webhookUrl` },
    ]);
  });

  it('is, with the mark of another installation, no command that removes it', () => {
    const detail = "https://prod.example/webhooks/github is another installation's";
    expect(othersAt('https://prod.example/webhooks/github?host=ffffffff')).toEqual([{ detail }]);
    expect(othersAt(`https://prod.example/webhooks/github?token=secret`)).toEqual([{ detail }]);
  });

  it('is nothing where it is one of something else', () => {
    expect(othersAt('https://ci.example/hooks')).toEqual([]);
    expect(othersAt('https://old.example/webhooks/linear')).toEqual([]);
    expect(othersAt('')).toEqual([]);
  });

  it('is no command that a shell would do more with', () => {
    expect(othersAt('https://old.example/$(id)/webhooks/github')).toMatchObject([
      { advice: 'if that is an old address of yours: remove it where it is registered' },
    ]);
  });
});
