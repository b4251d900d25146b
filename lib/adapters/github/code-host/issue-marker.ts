import type { MarkedIssue } from '../../../ports/code-host.ts';
import { oneLineText, shorten } from '../../../domain/plain-text.ts';
import { fitMarkdown } from './fit-markdown.ts';

/** Characters that GitHub takes. */
const longestBody = 65_536;
const longestTitle = 256;

/** An issue as it is on GitHub, as far as it is ours to write. */
export interface IssueText {
  title: string;
  body: string;
  state: string;
}

/** What the issue has to look like. */
export function issueTextOf({ body, marker, open, title }: MarkedIssue): IssueText {
  // First, so that nothing that stands open in the body swallows it.
  const head = `${markerLine(marker)}\n`;
  const text = fitMarkdown(body, {
    most: longestBody - head.length,
    sizeOf: (part) => part.length,
    notice: '> This is the beginning: all of it is too long for GitHub.',
  });
  return {
    title: shorten(oneLineText(title), longestTitle),
    body: `${head}${text}`,
    state: open ? 'open' : 'closed',
  };
}

/** Whether the body begins with the marker: a report may quote one that is in the analysed code. */
export function carriesMarker(body: string, marker: string): boolean {
  return body.trimStart().startsWith(markerLine(marker));
}

/** An edit in the browser turns line ends into CR LF. */
export function isSameText(one: IssueText, other: IssueText): boolean {
  const bodyOf = ({ body }: IssueText) => body.replaceAll('\r\n', '\n').trim();
  return one.title === other.title && one.state === other.state && bodyOf(one) === bodyOf(other);
}

/** Not shown where Markdown is read. */
function markerLine(marker: string): string {
  return `<!-- cicd:${marker} -->`;
}
