import { closeSync, openSync, writeSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { OutputKind, PrintedPart } from '../printed.ts';

export interface AgentOutput {
  /** Keeps what was printed, up to the limit. @returns false when the limit is reached */
  add(kind: OutputKind, bytes: Buffer): boolean;
  close(): void;
}

/**
 * Writes down what an agent prints, as it comes: one line of JSON for each part.
 * @param most bytes of both streams together
 */
export function openOutput(file: string, most: number): AgentOutput {
  const target = openSync(file, 'a', 0o600);
  // A part may end within a character.
  const decoders = { stdout: new StringDecoder(), stderr: new StringDecoder() };
  let room = most;

  const write = (kind: OutputKind, text: string): void => {
    if (text === '') return;
    const part: PrintedPart = { at: new Date().toISOString(), kind, text };
    writeSync(target, `${JSON.stringify(part)}\n`);
  };
  return {
    add: (kind, bytes) => {
      const kept = bytes.subarray(0, room);
      room -= kept.length;
      write(kind, decoders[kind].write(kept));
      return kept.length === bytes.length;
    },
    close: () => {
      write('stdout', decoders.stdout.end());
      write('stderr', decoders.stderr.end());
      closeSync(target);
    },
  };
}
