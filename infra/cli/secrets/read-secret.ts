import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { WrongUseError } from '../exit-codes.ts';

/** Where a value comes from: a terminal, or what is piped in. */
export type SecretInput = NodeJS.ReadStream;

/**
 * Takes a secret from standard input: all of it where it is piped, else what is typed or pasted, of which a
 * terminal shows nothing.
 * @param ask what a person is asked for
 * @throws WrongUseError when the person breaks off
 */
export async function readSecret(
  input: SecretInput,
  ask: { prompt: string; show: (text: string) => void },
): Promise<string> {
  if (!input.isTTY) return text(input);
  ask.show(ask.prompt);
  input.setRawMode(true);
  try {
    return await typedText(input);
  } finally {
    // However it ends: a terminal that shows nothing any more is of no use.
    input.setRawMode(false);
    input.pause();
    ask.show('\n');
  }
}

const keys = { interrupt: '\u0003', endOfInput: '\u0004', backspace: '\u007f', rubOut: '\b' };

/** How a terminal that knows of pasting encloses it. */
const pasted = /\u001b\[20[01]~/g;

/** Lines of a key in PEM are pasted together: the return that ends it stands by itself, or behind its last line. */
async function typedText(input: SecretInput): Promise<string> {
  let typed = '';
  for (;;) {
    const [chunk]: unknown[] = await once(input, 'data');
    for (const key of String(chunk).replace(pasted, '')) {
      if (key === keys.interrupt) throw new WrongUseError('Broken off: nothing was changed.');
      if (key === keys.endOfInput) return typed;
      if (key === keys.backspace || key === keys.rubOut) typed = typed.slice(0, -1);
      else typed += key === '\r' ? '\n' : key;
    }
    if (isComplete(typed)) return typed;
  }
}

function isComplete(typed: string): boolean {
  if (!typed.endsWith('\n')) return false;
  return !typed.startsWith('-----BEGIN') || /-----END [A-Z ]+-----\s*$/.test(typed);
}
