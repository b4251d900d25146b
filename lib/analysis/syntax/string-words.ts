import type { SyntaxTree } from './syntax-tree.ts';
import type { SyntaxNode } from './syntax-node.ts';

const word = /[A-Za-z_$][\w$]*/g;
/** Prose names no code; what dispatch by name uses is short and without blanks. */
const longestName = 120;

/**
 * Identifier-like words of strings that could be names: `"load"`, `"app.main:create"`. Sentences
 * and documentation are left out, or every word of English would keep a function of that name alive.
 * `reading` tells strings that are code (a quoted annotation) or never more than prose.
 */
export function collectStringWords(
  tree: SyntaxTree,
  reading: (string: SyntaxNode) => 'code' | 'prose' | 'value',
): string[] {
  const words = new Set<string>();
  for (const type of ['string', 'template_string']) {
    for (const node of tree.ofType(type)) {
      if (node.end - node.start > longestName) continue;
      const { text } = node;
      const meaning = reading(node);
      if (meaning === 'prose' || (meaning === 'value' && /\s/.test(text))) continue;
      for (const match of text.matchAll(word)) words.add(match[0]);
    }
  }
  return [...words];
}
