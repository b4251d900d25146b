import { createInterface } from 'node:readline/promises';
import { WrongUseError } from './exit-codes.ts';

/**
 * Asks a person for a yes.
 * @throws WrongUseError where nobody can be asked
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) throw new WrongUseError(`${question} Say so with --yes.`);
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
