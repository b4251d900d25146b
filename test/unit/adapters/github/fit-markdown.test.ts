import { describe, expect, it } from 'vitest';
import { fitMarkdown } from '../../../../lib/adapters/github/code-host/fit-markdown.ts';

const inCharacters = (text: string) => text.length;
const inBytes = (text: string) => Buffer.byteLength(text);
const notice = '> cut';

describe('fitMarkdown', () => {
  it('leaves a text that just fits as it is', () => {
    expect(fitMarkdown('12345', { most: 5, sizeOf: inCharacters, notice })).toBe('12345');
  });

  it('keeps whole lines, below a notice', () => {
    const text = 'one\ntwo\nthree that is longer than the room';
    expect(fitMarkdown(text, { most: 20, sizeOf: inCharacters, notice })).toBe('> cut\n\none\ntwo');
  });

  it('does not go on after the first line that does not fit', () => {
    const text = `one\n${'x'.repeat(50)}\ntwo`;
    expect(fitMarkdown(text, { most: 20, sizeOf: inCharacters, notice })).toBe('> cut\n\none');
  });

  it('measures in bytes where GitHub does', () => {
    const text = Array.from({ length: 50 }, () => '🐍🐍🐍').join('\n');
    const cut = fitMarkdown(text, { most: 200, sizeOf: inBytes, notice });
    expect(inBytes(cut)).toBeLessThanOrEqual(200);
    expect(inBytes(cut)).toBeGreaterThan(180);
    expect(cut).not.toContain('\ufffd');
  });
});
