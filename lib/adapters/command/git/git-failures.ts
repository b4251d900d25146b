import { UpstreamError } from '../../../domain/errors.ts';
import { oneLineText, shorten } from '../../../domain/plain-text.ts';

/** How a git process has ended. */
export interface GitFailure {
  /** What it was to do: `clone acme/shop`. */
  doing: string;
  /** Text from outside. */
  stderr: string;
  /** It was ended because it took too long. */
  isLate: boolean;
}

interface Known {
  pattern: RegExp;
  retryable: boolean;
  advice: string;
}

/** What a person can do about it, by git's words and those of GitHub. The first that fits counts. */
const known: readonly Known[] = [
  {
    pattern: /\b(?:GH006|GH013)\b|protected branch|rule violations|hook declined/i,
    retryable: false,
    advice: 'A rule of the repository refuses it: allow branches cicd/* there.',
  },
  {
    pattern: /without [`']?workflows?[`']? (?:scope|permission)/i,
    retryable: false,
    advice:
      'It changes workflows: give GITHUB_TOKEN or the GitHub App the right "Workflows: write".',
  },
  {
    pattern: /non-fast-forward|fetch first|\[rejected\]|stale info/i,
    retryable: false,
    advice: 'The branch holds commits of somebody else.',
  },
  {
    pattern: /could not read Username|Authentication failed|Invalid username|error: 401\b/i,
    retryable: false,
    advice: 'GITHUB_TOKEN (or the GitHub App) is missing, wrong or expired.',
  },
  {
    pattern: /Permission to .* denied|error: 403\b|Write access .* not granted/i,
    retryable: false,
    advice: 'Give GITHUB_TOKEN or the GitHub App the right "Contents: write".',
  },
  {
    pattern: /error: 30[1278]\b/,
    retryable: false,
    advice: 'The repository was renamed or moved: give its new name.',
  },
  {
    pattern: /repository .*not found|error: 404\b/i,
    retryable: false,
    advice: 'The repository is not there, or GITHUB_TOKEN (or the GitHub App) may not read it.',
  },
  {
    pattern: /couldn't find remote ref|not our ref|unadvertised object/i,
    retryable: false,
    advice: 'The branch or commit is not there any more.',
  },
  {
    pattern: /dubious ownership/i,
    retryable: false,
    advice: 'The folder belongs to another user: start the host as its owner.',
  },
  { pattern: /No space left/i, retryable: false, advice: 'The disk is full.' },
];

const mostWords = 300;

/** Says what git could not do, in its own last words, and whether it may go well another time. */
export function explainGitFailure({ doing, isLate, stderr }: GitFailure): UpstreamError {
  const details = { service: 'git' };
  if (isLate)
    return new UpstreamError(`git took too long to ${doing}.`, { ...details, retryable: true });
  const words = shorten(withoutFolders(lastWords(stderr)), mostWords);
  const why = known.find(({ pattern }) => pattern.test(stderr));
  const text = [
    `git could not ${doing}.`,
    why?.advice,
    words === '' ? undefined : `It says: ${words}`,
  ];
  const message = text.filter((part) => part !== undefined).join(' ');
  return new UpstreamError(message, { ...details, retryable: why?.retryable ?? true });
}

/** Reports are read by others, whom the folders of the host do not concern: `/home/ada/shop/a.ts` is `…/a.ts`. */
function withoutFolders(text: string): string {
  return text.replace(/(?<![\w./:-])(?:\/[^\s/'":]+)+\/(?=[^\s/'":])/g, '…/');
}

/** Lines that say what is wrong, where there are some; git says more than that. */
function lastWords(stderr: string): string {
  const lines = stderr.split('\n').map(oneLineText);
  const telling = lines.filter((line) => /^(?:fatal|error|remote|!)|rejected/i.test(line));
  return (telling.length > 0 ? telling : lines.filter((line) => line !== '').slice(-3)).join(' ');
}
