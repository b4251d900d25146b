import { describe, expect, test } from 'vitest';
import type { UnknownComponentReport } from '../../../lib/domain/report.ts';
import { formatReport } from '../../../lib/flows/component-analysis/format/format-report.ts';

const issue = { kind: 'linear-issue', id: 'id-1', identifier: 'ZAM-1084' } as const;

function format(overrides: Partial<UnknownComponentReport>): string {
  return formatReport({
    schemaVersion: 1,
    kind: 'unknown-component',
    runId: 'run-1',
    generatedAt: '2026-03-01T10:00:00.000Z',
    wanted: 'Look at the flux compensator',
    known: ['acme/shop/lib', 'web'],
    ...overrides,
  });
}

describe('the report on an unknown component', () => {
  test('names what was asked for, the known components and the way out', () => {
    const text = format({ origin: issue });
    expect(text).toContain(
      '**The title `Look at the flux compensator` names no component of ours** (`ZAM-1084`).',
    );
    expect(text).toContain('- `acme/shop/lib`\n- `web`\n');
    expect(text).toContain("linear: { issues: { 'ZAM-1084': 'acme/shop/lib' } },");
    expect(text).toContain('restarts the host');
  });

  test('where several are named, offers these', () => {
    const text = format({ wanted: 'lib and web', known: ['acme/shop/lib', 'jobs', 'web'] });
    expect(text).toContain('The title `lib and web` names several of our components');
    expect(text.match(/^- .*/gm)).toEqual(['- `acme/shop/lib`', '- `web`']);
  });

  test('shows how to configure a component where there is none', () => {
    const text = format({ known: [] });
    expect(text).toContain('No component is configured yet');
    expect(text).toContain("components: { lib: ['lib/**'] }");
    expect(text).not.toContain('Put exactly one');
  });

  test('counts the components beyond the first fifty', () => {
    const known = Array.from({ length: 52 }, (_, index) => `part-${index}`);
    const text = format({ known });
    expect(text).toContain('- `part-49`\n- and 2 more\n');
    expect(text).not.toContain('part-50');
  });

  test.each([
    ['a mention and a link', '@everyone https://evil.example'],
    ['markup', '![x](https://evil.example) <img src=x> **bold**'],
    ['the end of the code', 'a` ](https://evil.example) `b'],
    ['a new line', 'a\n# Heading\n\n- item'],
    ['control characters', '\u001b[31mred\u202e'],
  ])('quotes a title with %s as one piece of code', (_, wanted) => {
    const line = format({ wanted })
      .split('\n')
      .find((one) => one.startsWith('**The title'));
    expect(line).toMatch(/^\*\*The title `[^`]+` names no component of ours\*\*\.$/);
    expect(line).not.toContain('\u001b');
    expect(line).not.toContain('\u202e');
  });
});
