import type { SkipReason, Report } from '../../../domain/report.ts';
import { code, escapeText, plural, table } from './markdown-text.ts';

const reasonTexts: Record<SkipReason, string> = {
  ignored: 'ignored by .gitignore',
  vendored: 'other people’s code',
  generated: 'generated',
  binary: 'binary',
  'too-large': 'too large',
  unreadable: 'could not be read',
  symlink: 'symbolic link',
};

/** What was read and what was left out. */
export function formatFiles({ files, notes }: Report): string {
  const rows = files.languages.map(({ files: count, judged, language, lines }) => [
    code(language),
    count,
    lines,
    judged ? 'analysed' : 'counted only',
  ]);
  const skipped = files.skipped.map(
    ({ examples, files: count, reason }) =>
      `- ${plural(count, 'entry', 'entries')} ${reasonTexts[reason]}, such as ${code(examples[0] ?? '')}`,
  );
  const references =
    files.references === 0
      ? []
      : [
          '',
          `${plural(files.references, 'further file')} of the source read to look up references.`,
        ];
  const notJudged = notes.map((note) => `- ${escapeText(note)}`);
  return [
    '## Files',
    '',
    table(['Language', 'Files', 'Lines', ''], rows),
    ...(skipped.length === 0 ? [] : ['', 'Left out:', '', ...skipped]),
    ...(notJudged.length === 0 ? [] : ['', 'Not judged in full:', '', ...notJudged]),
    ...references,
  ].join('\n');
}
