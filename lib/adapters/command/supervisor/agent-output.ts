import { closeSync, openSync, writeFileSync } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
import type { OutputKind, PrintedPart } from '../printed.ts';
import type { Masked } from './mask-values.ts';

export interface AgentOutput {
  /** Keeps what was printed, up to the limit. @returns false when the limit is reached */
  add(kind: OutputKind, bytes: Buffer): boolean;
  close(): void;
}

interface OutputOptions {
  /** Bytes of the file: as JSON some characters take six times as many as they were printed in. */
  most: number;
  /** For each stream. */
  mask: () => Masked;
}

/** Writes down what an agent prints, as it comes: one line of JSON for each part. */
export function openOutput(file: string, { mask, most }: OutputOptions): AgentOutput {
  const target = openSync(file, 'a', 0o600);
  // A part may end within a character, and within a value that is masked.
  const streams = {
    stdout: { decoder: new StringDecoder(), masked: mask() },
    stderr: { decoder: new StringDecoder(), masked: mask() },
  };
  let room = most;
  let isFull = false;

  const write = (kind: OutputKind, text: string): void => {
    if (text === '' || isFull) return;
    const part: PrintedPart = { at: new Date().toISOString(), kind, text };
    const line = `${JSON.stringify(part)}\n`;
    room -= Buffer.byteLength(line);
    isFull = room < 0;
    if (!isFull) writeFileSync(target, line);
  };
  const finish = (kind: OutputKind): void => {
    const { decoder, masked } = streams[kind];
    write(kind, masked.add(decoder.end()) + masked.end());
  };
  return {
    add: (kind, bytes) => {
      const { decoder, masked } = streams[kind];
      write(kind, masked.add(decoder.write(bytes)));
      return !isFull;
    },
    close: () => {
      finish('stdout');
      finish('stderr');
      closeSync(target);
    },
  };
}
