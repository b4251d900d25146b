import { z } from 'zod';
import { originSchema } from '../origin.ts';
import { lostError, type RunDetail, type RunError } from '../run.ts';

interface Advice {
  /** Of the messages of our own errors: what is left of an error in the history of a run. */
  message: RegExp;
  /** What to do before the analysis is asked for again. */
  advice: string;
}

const byMessage: readonly Advice[] = [
  {
    message: /^The component ".*" has no files: /s,
    advice: 'Compare the globs of the component in `cicd.config.ts` with the paths in its source.',
  },
  {
    message: /\b(?:larger|more) than [\d.,]+ (?:MB|files)\b/,
    advice:
      'Give the component fewer paths, or split it; what is too large to be fetched can be analysed in a ' +
      'checkout on the machine of the host (`source` in `cicd.config.ts`).',
  },
  {
    message: /\bon GitHub\b|^GitHub (?:does not accept who|has not found|refuses)/,
    advice:
      'Check the names in `cicd.config.ts`. `cicd doctor` tells what the credentials of GitHub may read and ' +
      'which right is missing.',
  },
  {
    message: /^There is no folder |^The path ".*" does not lie inside /s,
    advice:
      'Correct `source` and the globs in `cicd.config.ts` (a folder has to be on the machine of the host).',
  },
];

/** A run that has failed: its input says who has asked for it. */
export type FailedRun = Pick<RunDetail, 'id' | 'input'>;

/**
 * What to do about a failure.
 * @param failure an error of ours; null where nothing was thrown
 * @returns a few sentences; what stands between backticks is code
 */
export function adviseOn(failure: RunError | null, run: FailedRun): string {
  const retry = retryOf(run);
  if (failure?.type === 'UpstreamError') {
    return (
      'Mostly this passes: `autonomous-cicd` starts such a run once more by itself. If that fails as well, ' +
      `\`cicd doctor\` tells what cannot be reached; afterwards: ${retry}.`
    );
  }
  if (failure?.type === lostError) {
    return (
      'There is nothing to mend: `autonomous-cicd` starts such a run once more by itself. ' +
      `If that gets lost as well: ${retry}.`
    );
  }
  if (failure?.type === 'ConfigError') {
    return `Correct the configuration and restart the host. Then start the run once more: ${retry}.`;
  }
  const known = byMessage.find(({ message }) => message.test(failure?.message ?? ''));
  if (known !== undefined) {
    const restart = 'The host reads a changed configuration when it starts';
    return `${known.advice} ${restart}; then ask for the analysis again${whereAsked(run)}.`;
  }
  const log = `\`cicd runs logs ${shortId(run)}\``;
  return `Look at the log and mend the cause: ${log}. Then start the run once more: ${retry}.`;
}

/** What to do about an error that is not of ours. */
export function adviseOnDefect(run: FailedRun): string {
  return `Start the run once more: ${retryOf(run)}. What fails again is a defect of this program.`;
}

/** As lists show it; commands take the beginning of an id. */
export function shortId({ id }: FailedRun): string {
  return id.slice(0, 8);
}

function retryOf(run: FailedRun): string {
  const again = askedAgain(run);
  const orThere = again === undefined ? '' : `, or ${again}`;
  return `\`cicd runs retry ${shortId(run)}\`${orThere}`;
}

function whereAsked(run: FailedRun): string {
  const again = askedAgain(run);
  return again === undefined ? '' : `: ${again}`;
}

const askedInputSchema = z.object({ origin: originSchema });

/** How it is asked for where it was: whoever asks in Linear may have no access to the host. */
function askedAgain({ input }: FailedRun): string | undefined {
  const kind = askedInputSchema.safeParse(input).data?.origin.kind;
  if (kind === 'linear-issue') return 'remove the label from the issue and add it again';
  return kind === 'linear-session' ? 'write `again` in the session' : undefined;
}
