import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { InterruptedError } from '../exit-codes.ts';

/** Standard input: a terminal, or what is piped in. */
type SecretInput = Readable & { isTTY?: boolean; setRawMode(raw: boolean): unknown };

/**
 * Takes a secret from standard input: all of it where it is piped, else what is typed or pasted, of which a
 * terminal shows nothing.
 * @param ask what a person is asked for
 * @throws InterruptedError when the person breaks off
 */
export async function readSecret(
  input: SecretInput,
  ask: { prompt: string; show: (text: string) => void },
): Promise<string> {
  if (input.isTTY !== true) return text(input);
  input.setRawMode(true);
  try {
    ask.show(ask.prompt);
    return await typedText(input);
  } finally {
    // However it ends: a terminal that shows nothing any more is of no use.
    input.setRawMode(false);
    input.pause();
    ask.show('\n');
  }
}

const keys = { interrupt: '\u0003', endOfInput: '\u0004', backspace: '\u007f', rubOut: '\b' };

/** Up to the return key; that behind the last line, where a key in PEM is pasted. */
async function typedText(input: SecretInput): Promise<string> {
  let typed = '';
  for await (const chunk of input.iterator({ destroyOnReturn: false })) {
    for (const key of String(chunk)) {
      if (key === keys.interrupt) throw new InterruptedError('Broken off: nothing was changed.');
      if (key === keys.endOfInput) return typed;
      if (key === keys.backspace || key === keys.rubOut) typed = typed.slice(0, -1);
      else typed += key === '\r' ? '\n' : key;
    }
    if (isComplete(typed)) return typed;
  }
  return typed;
}

function isComplete(typed: string): boolean {
  if (!typed.endsWith('\n')) return false;
  return !typed.startsWith('-----BEGIN') || /-----END [A-Z ]+-----\s*$/.test(typed);
}
