import type { Readable } from 'node:stream';

export interface LineReader {
  /** Without its line feed, which alone ends a line, as in CloudWatch. */
  onLine: (line: string) => void;
  /** The lines of an invocation are complete: the stand-in of the native client has said so. */
  onInvocationEnd: () => void;
}

/** What the stand-in writes behind the lines of an invocation. */
const endOfInvocation = '\u001E';

export function readLines(stream: Readable, { onInvocationEnd, onLine }: LineReader): void {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
  stream.on('end', () => {
    if (rest !== '') onLine(rest);
  });

  function take(line: string): void {
    if (!line.endsWith(endOfInvocation)) return onLine(line);
    // What a handler has written without a line feed stands before the mark.
    if (line !== endOfInvocation) onLine(line.slice(0, -endOfInvocation.length));
    return onInvocationEnd();
  }
}
