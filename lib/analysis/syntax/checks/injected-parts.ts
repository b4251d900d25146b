import { computedParts, valueBehind } from '../local-values.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { SyntaxNode } from '../syntax-node.ts';

/** Constants are written in the code, whatever they hold. */
const constantName = /^(?:[\w$]+\.)*[A-Z][A-Z0-9_]+$/;
/** A call that makes a value harmless, or a number of it. */
const taming =
  /^(?:[\w$.]*\.)?(?:Number|parseInt|parseFloat|\w*(?:escape|quote|sanitize|encode|purify)\w*)\(/i;
const harmlessTypes = new Set(['number', 'string', 'true', 'false', 'null', 'undefined']);

/** The parts of a built text that could carry what a stranger wrote. */
export function injectedParts(syntax: FileSyntax, text: SyntaxNode): SyntaxNode[] {
  return computedParts(text).filter((part) => {
    if (constantName.test(part.text) || taming.test(part.text)) return false;
    const value = valueBehind(syntax, part);
    if (harmlessTypes.has(value.type) || taming.test(value.text)) return false;
    return value.type !== 'template_string' || injectsAnything(syntax, value);
  });
}

/** One step further back and no more: a name may stand for a text that is itself put together. */
function injectsAnything(syntax: FileSyntax, template: SyntaxNode): boolean {
  return computedParts(template).some((part) => {
    const value = valueBehind(syntax, part);
    return !constantName.test(part.text) && !harmlessTypes.has(value.type);
  });
}
