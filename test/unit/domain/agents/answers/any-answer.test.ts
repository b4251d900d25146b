import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAgentAnswer } from '../../../../../lib/domain/agents/answers/read-agent-answer.ts';
import { oneLineText } from '../../../../../lib/domain/plain-text.ts';
import { parseLenientJson } from '../../../../../lib/flows/component-analysis/tasks/lenient-json.ts';
import { hostileText } from '../../../../support/markdown.ts';

const mark = '7f3a9c2e';
const files = [
  { path: 'lib/a.ts', lines: 3 },
  { path: 'lib/b.ts', lines: 0 },
];

const path = fc.oneof(
  fc.constantFrom('lib/a.ts', './lib/b.ts', '/clone/lib/a.ts', 'lib\\a.ts:2', 'a.ts', ''),
  hostileText,
);
const line = fc.oneof(
  { weight: 4, arbitrary: fc.integer({ min: -2, max: 6 }) },
  fc.constantFrom('2', 1.5, null),
);
const finding = fc.record(
  { path, line, title: hostileText, detail: hostileText, severity: fc.anything() },
  { requiredKeys: ['path', 'title'] },
);
const answer = fc.record(
  {
    summary: fc.oneof(hostileText, fc.anything()),
    findings: fc.oneof(
      { weight: 4, arbitrary: fc.array(finding) },
      fc.array(fc.anything()),
      fc.anything(),
    ),
    declined: fc.anything(),
  },
  { requiredKeys: [] },
);
const piece = fc.oneof(
  answer.map((value) => JSON.stringify(value, bigAsText) ?? ''),
  fc.constantFrom(`BEGIN ANSWER ${mark}\n`, `\nEND ANSWER ${mark}`, '\n```json\n', '\n```\n', '\n'),
  hostileText,
  fc.string(),
);
/** Pieces that belong together or do not, cut anywhere. */
const pieces = fc
  .tuple(fc.array(piece, { maxLength: 6 }), fc.oneof(fc.constant(0), fc.nat({ max: 200 })))
  .map(([parts, cut]) => parts.join('').slice(0, -cut || undefined));
const text = fc.oneof(
  pieces,
  fc.array(finding).map((findings) => JSON.stringify({ findings }, bigAsText)),
);

function bigAsText(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

test('whatever an agent answers is read, and no place is kept that does not exist', () => {
  const linesOf = new Map(files.map(({ lines, path: known }) => [known, lines]));
  let kept = 0;
  fc.assert(
    fc.property(text, (said) => {
      const read = readAgentAnswer({ text: said, mark, files }, parseLenientJson);
      for (const found of read.findings) {
        expect(linesOf.has(found.path)).toBe(true);
        expect(found.line ?? 0).toBeLessThanOrEqual(linesOf.get(found.path) ?? -1);
        expect(found.line ?? 1).toBeGreaterThanOrEqual(1);
        expect(found.title).toBe(oneLineText(found.title));
        expect(found.title).not.toBe('');
      }
      kept += read.findings.length;
      expect(read.summary.length).toBeLessThanOrEqual(8_000);
    }),
    { numRuns: 500 },
  );
  // Else the texts above would have proved nothing.
  expect(kept).toBeGreaterThan(50);
});
