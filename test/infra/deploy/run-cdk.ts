import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../..', import.meta.url));

export interface CdkResult {
  exitCode: number | null;
  /** Both streams: the CDK tells its progress on the one for errors. */
  output: string;
  /** Of the processor, for it and all that it has started. */
  seconds: number;
}

/** Says behind all else, on its standard error, what it has taken. */
const timed = '"$@"; code=$?; times >&2; exit $code';

/** Runs the CDK's own command line, with no credentials and no home but what is given. */
export async function runCdk(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<CdkResult> {
  const { PATH = '' } = process.env;
  const program = `${project}node_modules/aws-cdk/bin/cdk`;
  const command = [process.execPath, program, '--no-notices', '--no-version-reporting', ...args];
  const child = spawn('sh', ['-c', timed, 'sh', ...command], {
    cwd: project,
    env: { PATH, CI: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const [out, errors, exitCode] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    ended,
  ]);
  return { exitCode, output: out + errors, seconds: secondsIn(errors) };
}

/** The last line of `times` is that of the children: `0m3.210s 0m0.456s`. */
function secondsIn(errors: string): number {
  const line = errors.trimEnd().split('\n').at(-1) ?? '';
  return [...line.matchAll(/(\d+)m([\d.]+)s/g)].reduce(
    (sum, [, minutes, seconds]) => sum + Number(minutes) * 60 + Number(seconds),
    0,
  );
}
