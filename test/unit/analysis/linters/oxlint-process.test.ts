import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { lint } from '../../../../lib/analysis/linters/oxlint.ts';
import { UpstreamError } from '../../../../lib/domain/errors.ts';
import { sourceFile } from '../../../builders/source-file.ts';

/** Process ids of the linter that this process has started. */
function findLinter(): number[] {
  try {
    const found = execFileSync('pgrep', ['-P', String(process.pid), '-f', 'bin/oxlint']);
    return found.toString().trim().split('\n').map(Number);
  } catch {
    // pgrep ends with 1 when it finds none.
    return [];
  }
}

async function untilLinterRuns(): Promise<number> {
  for (;;) {
    const [pid] = findLinter();
    if (pid !== undefined) return pid;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

it('a signal from outside ends the linter in a way that may be tried again', async () => {
  const files = Array.from({ length: 50 }, (_, index) => {
    return sourceFile(`a${index}.ts`, 'export const a = [1, 2, 3];\n'.repeat(2_000));
  });
  const linting = lint(files).catch((error: unknown) => error);
  // Ctrl-C reaches every process of a terminal.
  process.kill(await untilLinterRuns(), 'SIGINT');
  const failure = await linting;
  expect(failure).toBeInstanceOf(UpstreamError);
  expect(failure).toMatchObject({ message: 'oxlint was ended by SIGINT', retryable: true });
});
