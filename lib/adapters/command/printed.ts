import { createReadStream } from 'node:fs';
import { z } from 'zod';
import { UpstreamError } from '../../domain/errors.ts';
import { codeOf } from './error-code.ts';

const printedPartSchema = z.object({
  /** ISO 8601 UTC. */
  at: z.string(),
  kind: z.enum(['stdout', 'stderr']),
  text: z.string(),
});
/** A piece of what an agent has printed, as it came: lines may be divided. */
export type PrintedPart = z.infer<typeof printedPartSchema>;
export type OutputKind = PrintedPart['kind'];

/** Bytes that are read at once: others go on in between. */
const piece = 1_000_000;

/**
 * What was written down so far; nothing where the agent has not begun. The last part may be cut, where the
 * supervisor was killed: it is left out.
 * @throws UpstreamError where the file is there and cannot be read: without it there is no answer
 */
export async function* readPrinted(file: string): AsyncGenerator<PrintedPart, void, undefined> {
  let rest = '';
  try {
    for await (const text of createReadStream(file, { encoding: 'utf8', highWaterMark: piece })) {
      const lines = `${rest}${text}`.split('\n');
      rest = lines.pop() ?? '';
      yield* lines.flatMap((line) => parsePart(line) ?? []);
    }
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOENT') return;
    const message = `What the agent has printed cannot be read (${code}).`;
    throw new UpstreamError(message, { service: 'command', retryable: true, cause: error });
  }
}

/** All of it, at once. @throws UpstreamError as above */
export async function readAllPrinted(file: string): Promise<PrintedPart[]> {
  const parts: PrintedPart[] = [];
  for await (const part of readPrinted(file)) parts.push(part);
  return parts;
}

function parsePart(line: string): PrintedPart | undefined {
  try {
    return printedPartSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/** All of one stream. */
export function textOf(printed: readonly PrintedPart[], kind: OutputKind): string {
  return printed
    .filter((part) => part.kind === kind)
    .map(({ text }) => text)
    .join('');
}
