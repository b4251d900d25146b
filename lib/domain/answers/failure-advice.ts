import type { RunError } from '../run.ts';

interface Advice {
  /** Of the messages of our own errors: what is left of an error in the history of a run. */
  message: RegExp;
  advice: string;
}

const byMessage: readonly Advice[] = [
  {
    message: /^The component ".*" has no files: /s,
    advice:
      'Compare the globs of the component in `cicd.config.ts` with the paths in its source, then ask for ' +
      'the analysis again.',
  },
  {
    message: /\b(?:larger|more) than [\d.,]+ (?:MB|files)\b/,
    advice:
      'Give the component fewer paths, or split it; what is too large to be fetched can be analysed in a ' +
      'checkout on the machine of the host (`source` in `cicd.config.ts`). Then ask for the analysis again.',
  },
  {
    message: /\bon GitHub\b|^GitHub (?:does not accept who|has not found|refuses)/,
    advice:
      'Check the names in `cicd.config.ts`. `cicd doctor` tells what the credentials of GitHub may read and ' +
      'which right is missing. Then ask for the analysis again.',
  },
  {
    message: /^There is no folder |^The path ".*" does not lie inside /s,
    advice:
      'Correct `source` and the globs in `cicd.config.ts` (a folder has to be on the machine of the host), ' +
      'then ask for the analysis again.',
  },
];

/**
 * What to do about a failure.
 * @param failure an error of ours; null where nothing was thrown
 * @returns one or two sentences; what stands between backticks is code
 */
export function adviseOn(failure: RunError | null, runId: string): string {
  const retry = `\`cicd runs retry ${runId}\``;
  if (failure?.type === 'UpstreamError') {
    return (
      'Mostly this passes: `autonomous-cicd` starts such a run once more by itself. If that fails as well, ' +
      `\`cicd doctor\` tells what cannot be reached; afterwards: ${retry}.`
    );
  }
  if (failure?.type === 'ConfigError') {
    return `Correct the configuration and restart the host. Then start the run once more: ${retry}.`;
  }
  const known = byMessage.find(({ message }) => message.test(failure?.message ?? ''));
  if (known !== undefined) return known.advice;
  return (
    `Look at the log and mend the cause: \`cicd runs logs ${runId}\`. Then ask for the analysis again, or ` +
    `start this run once more: ${retry}.`
  );
}
