import { describe, expect, test } from 'vitest';
import {
  badGateway,
  cutBody,
  emptyBody,
  hang,
  reset,
  serverError,
  tooManyRequests,
  truncatedJson,
  type FaultyAnswer,
} from '../../support/faulty-answers.ts';
import { buildAgentRequest, startAgain } from '../../support/agent-providers.ts';
import { failureOf, hosted } from './hosted-providers.ts';

const json = { 'content-type': 'application/json' };

function answered(status: number, body: unknown): FaultyAnswer {
  return { kind: 'answer', status, headers: json, body: JSON.stringify(body) };
}

const redirection: FaultyAnswer = {
  kind: 'answer',
  status: 302,
  headers: { location: 'http://127.0.0.1:9/elsewhere' },
  body: '',
};

const pageOf404: FaultyAnswer = {
  kind: 'answer',
  status: 404,
  headers: { 'content-type': 'text/html' },
  body: '<html><body>nginx</body></html>',
};

/** Waiting for nothing is what takes time in these tests. */
const hangMs = 300;

const faults: { name: string; answer: FaultyAnswer; words: RegExp }[] = [
  { name: 'silence', answer: hang, words: /did not answer within 0\.3 s/ },
  { name: 'a reset', answer: reset, words: /has closed the connection/ },
  { name: 'a cut body', answer: cutBody(), words: /cut|closed the connection/ },
  { name: 'half a JSON', answer: truncatedJson(), words: /cut or of an unknown shape/ },
  { name: 'no body', answer: emptyBody(), words: /cut or of an unknown shape/ },
  { name: 'another shape', answer: answered(200, { id: null }), words: /an unknown shape/ },
  { name: 'another thing', answer: answered(200, ['run']), words: /an unknown shape/ },
  { name: '500', answer: serverError(), words: /has failed \(500\)/ },
  { name: '502 as a page', answer: badGateway(), words: /has failed \(502\)/ },
  {
    name: '404 as a page',
    answer: pageOf404,
    words: /before it, has answered 404/,
  },
  { name: 'a redirection', answer: redirection, words: /another address, which is not followed/ },
  { name: '429', answer: tooManyRequests(), words: /rate limit is reached \(429\)/ },
  { name: '429 until then', answer: tooManyRequests(30), words: /may be asked again at 20\d\d-/ },
];

const isPost = (line: string) => line.startsWith('POST ');

describe.each(hosted)('$title', ({ open, title }) => {
  test.each(faults)('fails in passing and clearly at $name, and gets over it', async (fault) => {
    const { addFaults, another, forward, provider, started } = await open();
    const faced = fault.answer === hang ? another(hangMs) : provider;
    const request = buildAgentRequest();
    const askedSince = new Date().toISOString();

    addFaults([{ answer: fault.answer, when: isPost }]);
    const failedStart = await failureOf(faced.start(request));
    expect(failedStart).toMatchObject({ retryable: true, service: title.toLowerCase() });
    expect(failedStart.message).toMatch(fault.words);
    expect(failedStart.message).toContain(title);
    forward(60_000);
    const { providerId } = await startAgain(provider, request, { askedSince });
    expect(started()).toBe(1);

    addFaults([{ answer: fault.answer }]);
    const failedLook = await failureOf(faced.get(providerId));
    expect(failedLook).toMatchObject({ retryable: true });
    expect(failedLook.message).toMatch(fault.words);
    forward(60_000);
    expect(await provider.get(providerId)).toMatchObject({ providerId });
  });

  test.each(faults)('starts nothing twice where $name hides that it was', async (fault) => {
    const { addFaults, another, forward, provider, started } = await open();
    const faced = fault.answer === hang ? another(hangMs) : provider;
    const request = buildAgentRequest();
    const askedSince = new Date().toISOString();
    addFaults([{ answer: fault.answer, when: isPost, carriedOut: true }]);
    await failureOf(faced.start(request));
    await expect.poll(started).toBe(1);
    forward(60_000);
    const { providerId } = await startAgain(another(), request, { askedSince });
    expect(await startAgain(provider, request, { askedSince })).toMatchObject({ providerId });
    expect(started()).toBe(1);
  });
});
