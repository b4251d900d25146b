import { oneLineText, shorten } from '../../../domain/plain-text.ts';

/** What people are told of the changes of an agent. */
export interface Proposal {
  /** Id of the agent run. */
  id: string;
  /** What it was asked for. */
  title: string;
  /** Name of the program that was run. */
  program: string;
  /** Commit that it began with. */
  base: string;
  /** Relative to the repository's root; text from outside. */
  paths: readonly string[];
}

const longestSubject = 72;
const mostPaths = 10;
const longestPath = 200;

/** Of the one commit. The trailer leads back to the agent run. */
export function commitMessage({ id, title }: Pick<Proposal, 'id' | 'title'>): string {
  return `${pullRequestTitle({ title })}\n\nAgent-Run: ${id}\n`;
}

export function pullRequestTitle({ title }: Pick<Proposal, 'title'>): string {
  return shorten(inert(title), longestSubject);
}

/** Markdown. */
export function pullRequestBody(proposal: Proposal): string {
  const { base, id, paths, program, title } = proposal;
  const workflows = paths.filter((path) => path.toLowerCase().startsWith('.github/workflows/'));
  return [
    `A coding agent (${code(program)}) was asked for ${code(title)} and has changed ${count(paths)}.`,
    ...(workflows.length === 0 ? [] : [workflowWarning(workflows)]),
    [
      'Nobody has run or read these changes yet: review them like those of a stranger.',
      'This branch gets no further commits from the agent.',
    ].join(' '),
    `Agent run ${code(id)}, from commit ${base}.`,
  ].join('\n\n');
}

function workflowWarning(workflows: readonly string[]): string {
  const named = workflows.slice(0, mostPaths).map((path) => code(shorten(path, longestPath)));
  const more = workflows.length > mostPaths ? ` and ${workflows.length - mostPaths} more` : '';
  return (
    `> **It changes workflows of GitHub Actions:** ${named.join(', ')}${more}. ` +
    'They run with the rights of this repository: look at them first.'
  );
}

function count(paths: readonly string[]): string {
  return paths.length === 1 ? '1 file' : `${paths.length} files`;
}

/** As inline code nothing is markup, a mention or a link. */
function code(text: string): string {
  return `\`${oneLineText(text).replaceAll('`', "'")}\``;
}

/** Where there is no markup: a character without width keeps names and numbers from becoming mentions. */
function inert(text: string): string {
  return oneLineText(text).replace(/[@#]/g, '$&\u200b');
}
