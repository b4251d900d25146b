import type { UnknownComponentReport } from '../../../domain/report.ts';
import type { Section } from './fit-sections.ts';
import { formatMinute } from './format-figures.ts';
import { code, formatNumber } from './markdown-text.ts';

const namesShown = 50;

/** Says that nobody can tell what to analyse, what there is, and what to do. */
export function formatUnknownComponent(report: UnknownComponentReport): string {
  const { generatedAt, known, origin, wanted } = report;
  const asked = origin?.kind === 'linear-issue' ? ` (${code(origin.identifier)})` : '';
  const sections = [
    '# No component to analyse',
    formatMinute(generatedAt),
    `**No single configured component is named in ${code(wanted)}**${asked}.`,
    ...(known.length === 0 ? howToConfigure : whatThereIs(report)),
  ];
  return `${sections.join('\n\n')}\n`;
}

const namesInComment = 20;

/** The same for a comment on the issue that asked. */
export function unknownComponentSections({ known, wanted }: UnknownComponentReport): Section[] {
  const title = '### Which component is meant?';
  const problem = `No single configured component is named in ${code(wanted)}.`;
  if (known.length === 0) return [{ head: [title, problem, howToConfigure[1]].join('\n\n') }];
  const advice =
    'Name exactly one of these in the title: the analysis then begins by itself. Or say in ' +
    '`linear.issues` of `cicd.config.ts` which one the issue is about.';
  const lines = known.slice(0, namesInComment).map((name) => `- ${code(name)}`);
  return [{ head: `${title}\n\n${problem} ${advice}\n`, lines, total: known.length }];
}

function whatThereIs({ known, origin }: UnknownComponentReport): string[] {
  const hidden = known.length - namesShown;
  const names = known.slice(0, namesShown).map((name) => `- ${code(name)}`);
  if (hidden > 0) names.push(`- and ${formatNumber(hidden)} more`);
  const [first = ''] = known;
  const issue = origin?.kind === 'linear-issue' ? origin.identifier : 'ENG-7';
  return [
    '## Components',
    names.join('\n'),
    '## What to do',
    'Either name exactly one of them in the title, or say in `cicd.config.ts` which one is meant:',
    codeBlock(`linear: { issues: { ${quote(issue)}: ${quote(first)} } },`),
  ];
}

const howToConfigure = [
  '## What to do',
  'No component is configured yet. Add one to `cicd.config.ts`, then name it in the title:',
  codeBlock(
    [
      'repositories: [',
      "  { name: 'owner/name', source: '.', components: { lib: ['lib/**'] } },",
      '],',
    ].join('\n'),
  ),
];

function codeBlock(lines: string): string {
  return ['```ts', lines, '```'].join('\n');
}

/** Neither quotes nor backticks stand in the names that the configuration allows. */
function quote(name: string): string {
  return `'${name.replace(/[^\w./-]/g, '')}'`;
}
