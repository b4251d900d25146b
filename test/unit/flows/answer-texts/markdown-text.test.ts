import * as fc from 'fast-check';
import MarkdownIt from 'markdown-it';
import { describe, expect, test } from 'vitest';
import {
  code,
  escapeParagraph,
  escapeText,
  formatMessage,
  link,
  quoted,
  table,
} from '../../../../lib/flows/component-analysis/format/markdown-text.ts';
import { hostileText, readMarkdown } from '../../../support/markdown.ts';

const isMarkup = (mark: string) => mark !== 'code_inline';

describe('text in Markdown', () => {
  test.each([
    ['a mention', 'by @ada'],
    ['an issue of Linear', 'see ENG-7'],
    ['an issue of GitHub', 'see #12, acme/shop#12 and GH-12'],
    ['an address', 'https://evil.example/x and www.evil.example'],
    ['a host name', 'evil.example/login'],
    ['a host name that exists', 'evil.com/login'],
    ['a commit', 'at 0123456789abcdef'],
    ['an e-mail address', 'ada@evil.example'],
    ['a link', '[click](https://evil.example)'],
    ['an image', '![x](https://evil.example/p.png)'],
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['an entity', '&#64;ada &lt;b&gt;'],
    ['code that is not closed', 'a ` b'],
  ])('shows %s and makes nothing of it', (_, text) => {
    const read = readMarkdown(`x ${escapeText(text)}`);
    expect(read.shown).toBe(`x ${text}`);
    expect(read.links).toEqual([]);
    expect(read.marks.filter(isMarkup)).toEqual([]);
    expect(read.text).not.toMatch(/@\w|#\d|ENG-7|GH-1/);
  });

  test('makes nothing of any text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const format of [escapeText, formatMessage]) {
          const read = readMarkdown(`x ${format(text)}`);
          expect(read.links).toEqual([]);
          expect(read.marks.filter(isMarkup)).toEqual([]);
          // Code in between keeps apart what stands on both sides of it.
          expect(read.pieces.join('␣')).not.toMatch(/@\w|#\d|ENG-7|GH-1/i);
        }
      }),
    );
  });

  test('leads to http and https addresses only, whatever stands in them', () => {
    expect(link('ENG-7', 'javascript:alert(1)')).toBe('ENG-7');
    expect(link('ENG-7', 'no address')).toBe('ENG-7');
    const address = 'https://linear.app/a_b/issue/(x)|y](https://evil.example)';
    const read = readMarkdown(link('ENG-7', address));
    expect(read.links).toHaveLength(1);
    expect(read.links[0]).toMatch(/^https:\/\/linear\.app\/a_b\/issue\/%28x%29/);
    expect(read.text).toBe('ENG-7');
  });
});

describe('a paragraph', () => {
  const paragraph = ['paragraph_open', 'inline', 'paragraph_close'];
  const starts = ['- a', '* a', '+ a', '1. a', '12) a', '=', '---', '+++ a', '> a', '# a', '    a'];

  test.for([...starts, '```\na', '~~~', '| a |\n|---|', '[a]: b', '<b>'])(
    'is what it stays, however it begins: %j',
    (text) => {
      expect(readMarkdown(`x\n\n${escapeParagraph(text)}`).blocks).toEqual([
        ...paragraph,
        ...paragraph,
      ]);
      expect(readMarkdown(escapeParagraph(text)).shown).toBe(text.trim().replace(/\s+/g, ' '));
      expect(readMarkdown(quoted([text, 'x'])).blocks).toEqual([
        'blockquote_open',
        ...paragraph,
        ...paragraph,
        'blockquote_close',
      ]);
    },
  );

  test('is one, whatever the text', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        // Text of nothing but spaces, and what counts as such, is no paragraph.
        fc.pre(escapeParagraph(text) !== '');
        const { blocks, links, marks } = readMarkdown(`x\n\n${escapeParagraph(text)}`);
        expect(blocks).toEqual([...paragraph, ...paragraph]);
        expect(links).toEqual([]);
        expect(marks.filter(isMarkup)).toEqual([]);
      }),
    );
  });
});

describe('a table', () => {
  test('keeps its columns whatever stands in the cells', () => {
    fc.assert(
      fc.property(hostileText, hostileText, (one, other) => {
        const html = new MarkdownIt().render(
          table(['A', 'B', 'C'], [[code(one), escapeText(other), 'end']]),
        );
        expect(html.match(/<td/g)).toHaveLength(3);
        expect(html).toContain('<td>end</td>');
      }),
    );
  });

  test('shows a pipe in code as it is, and so does code outside', () => {
    const html = new MarkdownIt().render(table(['A'], [[code('string | null')]]));
    expect(html).toContain('<code>string | null</code>');
    expect(code('string | null')).toBe('`string | null`');
  });
});
