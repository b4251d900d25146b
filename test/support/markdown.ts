import * as fc from 'fast-check';
import MarkdownIt, { type Token } from 'markdown-it';

/** What readers see of a text in Markdown. */
export interface ReadMarkdown {
  /** Text outside of code, without markup. */
  text: string;
  /** The same in pieces: what stands side by side without code or markup in between. */
  pieces: string[];
  /** The same with what stands in code. */
  shown: string;
  /** Addresses of its links, also of those that a reader's program makes by itself. */
  links: string[];
  /** Everything inside of paragraphs that is not plain text: `strong_open`, `code_inline`, `image`, … */
  marks: string[];
  /** `paragraph_open`, `heading_open`, `html_block`, … */
  blocks: string[];
}

/** As lenient as any program that shows it could be: HTML counts, and whatever looks like an address. */
const markdown = new MarkdownIt({ html: true, linkify: true });

const plain = new Set(['text', 'text_special', 'softbreak', 'hardbreak']);

export function readMarkdown(source: string): ReadMarkdown {
  const tokens = markdown.parse(source, {});
  const inline = tokens.flatMap((token) => token.children ?? []);
  return {
    text: inline
      .filter((token) => plain.has(token.type))
      .map(textOf)
      .join(''),
    pieces: tokens.flatMap(({ children }) => piecesOf(children ?? [])),
    shown: inline.map(textOf).join(''),
    links: inline.flatMap((token) => token.attrGet('href') ?? []).map(String),
    marks: inline.map(({ type }) => type).filter((type) => !plain.has(type)),
    blocks: tokens.map(({ type }) => type),
  };
}

function piecesOf(tokens: readonly Token[]): string[] {
  let piece = '';
  const pieces: string[] = [];
  for (const token of tokens) {
    if (plain.has(token.type)) {
      piece += textOf(token);
    } else {
      pieces.push(piece);
      piece = '';
    }
  }
  return [...pieces, piece];
}

function textOf({ content, type }: Token): string {
  return type.endsWith('break') ? '\n' : content;
}

const hostileWords = [
  '@ada',
  'ENG-7',
  'eng-7',
  '#12',
  'GH-12',
  'https://evil.example',
  '//evil.example',
  'www.evil.example',
  'evil.example',
  'evil.com',
  '.com',
  '0123456789abcdef',
  'ada@evil.example',
  '[x](https://evil.example)',
  '![x](https://evil.example)',
  '<https://evil.example>',
  '<b>',
  '<!--',
  '&#64;ada',
  '`',
  '```',
  '|',
  '\\',
  '\\|',
  '**',
  '__',
  '~~',
  '$x$',
  '\n',
  '\n\n# ',
  '\n- ',
  '\n> ',
  '\r',
  '\u2028',
  '\u202e',
  '\u001b[31m',
  '+++ ',
];

/** Text that wants to be more than text. */
export const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...hostileWords), fc.string({ maxLength: 8 })), { maxLength: 12 })
  .map((parts) => parts.join(''));
