import { namesIn } from '../../../domain/dispatch/component-names.ts';
import type { UnknownComponentReport } from '../../../domain/report.ts';
import type { Section } from './fit-sections.ts';
import { formatMinute } from './format-figures.ts';
import { code, formatNumber } from './markdown-text.ts';

const namesShown = 50;

/** Says that nobody can tell what to analyse, what there is, and what to do. */
export function formatUnknownComponent(report: UnknownComponentReport): string {
  const { generatedAt, known, origin } = report;
  const asked = origin?.kind === 'linear-issue' ? ` (${code(origin.identifier)})` : '';
  const sections = [
    '# No component to analyse',
    formatMinute(generatedAt),
    `**${formatProblem(report)}**${asked}.`,
    ...(known.length === 0 ? ['## What to do', forOperator(report)] : whatThereIs(report)),
  ];
  return `${sections.join('\n\n')}\n`;
}

const namesInComment = 20;

/** The same for a comment on the issue that asked: first what its reader can do, who may have no host. */
export function unknownComponentSections(report: UnknownComponentReport): Section[] {
  const title = '### Which component is meant?';
  const problem = `${formatProblem(report)}.`;
  const operator = { head: forOperator(report) };
  const names = namesToChoose(report);
  if (names.length === 0) return [{ head: `${title}\n\n${problem}` }, operator];
  const lines = names.slice(0, namesInComment).map((name) => `- ${code(name)}`);
  const head = `${title}\n\n${problem} ${retitle}\n`;
  return [{ head, lines, total: names.length }, operator];
}

const retitle =
  'Put exactly one of these names into the title: the analysis then begins by itself.';

function whatThereIs(report: UnknownComponentReport): string[] {
  const choice = namesToChoose(report);
  const hidden = choice.length - namesShown;
  const names = choice.slice(0, namesShown).map((name) => `- ${code(name)}`);
  if (hidden > 0) names.push(`- and ${formatNumber(hidden)} more`);
  return ['## What to do', retitle, names.join('\n'), forOperator(report)];
}

function formatProblem(report: UnknownComponentReport): string {
  const found = isSeveral(report) ? 'several of our components' : 'no component of ours';
  return `The title ${code(report.wanted)} names ${found}`;
}

function isSeveral({ known, wanted }: UnknownComponentReport): boolean {
  return namesIn(wanted, known).length > 1;
}

/** Those between which the title does not decide; else all. */
function namesToChoose(report: UnknownComponentReport): string[] {
  return isSeveral(report) ? namesIn(report.wanted, report.known) : report.known;
}

/** For whoever runs the host: the lines of the configuration that help. */
function forOperator(report: UnknownComponentReport): string {
  const [first] = namesToChoose(report);
  if (first === undefined) {
    const intro =
      'No component is configured yet. Whoever runs the host adds one to `cicd.config.ts` and restarts the ' +
      'host; then put its name into the title.';
    return `${intro}\n\n${codeBlock(firstComponent)}`;
  }
  const issue = report.origin?.kind === 'linear-issue' ? report.origin.identifier : 'ENG-7';
  const intro =
    'Or whoever runs the host says in `cicd.config.ts` which one is meant, and restarts the host:';
  const line = `linear: { issues: { ${quote(issue)}: ${quote(first)} } },`;
  return `${intro}\n\n${codeBlock(line)}`;
}

const firstComponent = [
  'repositories: [',
  "  { name: 'owner/name', source: '.', components: { lib: ['lib/**'] } },",
  '],',
].join('\n');

function codeBlock(lines: string): string {
  return ['```ts', lines, '```'].join('\n');
}

/** Neither quotes nor backticks stand in the names that the configuration allows. */
function quote(name: string): string {
  return `'${name.replace(/[^\w./-]/g, '')}'`;
}
