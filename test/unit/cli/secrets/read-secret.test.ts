import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { InterruptedError } from '../../../../infra/cli/exit-codes.ts';
import { readSecret } from '../../../../infra/cli/secrets/read-secret.ts';

const pem = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';

/** A terminal with somebody who types, a chunk at a time. */
function terminal() {
  const modes: boolean[] = [];
  let shown = '';
  const input = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode(raw: boolean) {
      modes.push(raw);
      return input;
    },
  });
  const ask = { prompt: 'Value: ', show: (text: string) => void (shown += text) };
  const type = async (...chunks: string[]) => {
    const typed = readSecret(input, ask).catch((error: unknown) => error);
    for (const chunk of chunks) {
      input.write(chunk);
      await nextTurn();
    }
    return typed;
  };
  return { modes, shown: () => shown, type };
}

test('what is typed ends with the return key, is never shown, and leaves the terminal as it was', async () => {
  const { modes, shown, type } = terminal();
  expect(await type('s', 'e', 'x', '\u007f', 'cret', '\r')).toBe('secret\n');
  expect(shown()).toBe('Value: \n');
  expect(modes).toEqual([true, false]);
});

test('a key that is pasted ends with its last line', async () => {
  const [first = '', second = '', third = ''] = pem.replaceAll('\n', '\r').split(/(?<=\r)/);
  expect(await terminal().type(first, second, third)).toBe(pem);
  expect(await terminal().type(pem)).toBe(pem);
});

test('Ctrl-C breaks off, and the terminal is as it was', async () => {
  const { modes, type } = terminal();
  expect(await type('sec', '\u0003')).toBeInstanceOf(InterruptedError);
  expect(modes).toEqual([true, false]);
});

test('Ctrl-D ends what was typed so far', async () => {
  expect(await terminal().type('sec', '\u0004')).toBe('sec');
});

test('what is piped is taken as it is, to its end', async () => {
  const input = Object.assign(new PassThrough(), { isTTY: false, setRawMode: () => input });
  input.end(pem);
  const ask = { prompt: 'Value: ', show: () => expect.unreachable() };
  expect(await readSecret(input, ask)).toBe(pem);
});
