import type { FileSyntax } from '../file-syntax.ts';
import { isBuiltText, valueBehind } from '../local-values.ts';
import { methodOf, resolvedCalls } from '../resolved-calls.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import { type CheckHit, hitIn } from './check.ts';
import { injectedParts } from './injected-parts.ts';

const tamed = /sanitiz|purif|escape|encode|trusted|safe/i;

/** HTML that TypeScript or JavaScript sets from something that is not written in the code. */
export function checkHtmlInjection(syntax: FileSyntax): CheckHit[] {
  const places = [...assignedHtml(syntax), ...writtenHtml(syntax), ...reactHtml(syntax)];
  return places.flatMap(({ sink, value }) => {
    const text = valueBehind(syntax, value);
    if (!isForeign(syntax, text)) return [];
    return [
      hitIn(syntax.scopes.around(value), {
        rule: 'html-injection',
        severity: isBuiltText(text) ? 'high' : 'medium',
        line: value.line,
        message: `\`${value.text.slice(0, 60)}\` becomes HTML by \`${sink}\` unescaped.`,
      }),
    ];
  });
}

interface HtmlPlace {
  sink: string;
  value: SyntaxNode;
}

function assignedHtml({ tree }: FileSyntax): HtmlPlace[] {
  return tree
    .ofTypes(['assignment_expression', 'augmented_assignment_expression'])
    .flatMap((assignment) => {
      const sink = assignment.child('left')?.child('property')?.text ?? '';
      const value = assignment.child('right');
      return /^(?:inner|outer)HTML$/.test(sink) && value !== undefined ? [{ sink, value }] : [];
    });
}

function writtenHtml(syntax: FileSyntax): HtmlPlace[] {
  return resolvedCalls(syntax).flatMap((call) => {
    const sink = methodOf(call.name);
    const position = sink === 'insertAdjacentHTML' ? 1 : 0;
    const value = call.arguments[position];
    const writes = position === 1 || /^document\.write(?:ln)?$/.test(call.name);
    return writes && value !== undefined ? [{ sink, value }] : [];
  });
}

function reactHtml({ tree }: FileSyntax): HtmlPlace[] {
  return tree.ofType('pair').flatMap((pair) => {
    const value = pair.child('value');
    if (pair.child('key')?.text !== '__html' || value === undefined) return [];
    return [{ sink: 'dangerouslySetInnerHTML', value }];
  });
}

function isForeign(syntax: FileSyntax, text: SyntaxNode): boolean {
  if (tamed.test(text.text)) return false;
  if (text.type === 'string' || text.type === 'number') return false;
  if (text.type === 'template_string' || text.type === 'binary_expression') {
    return injectedParts(syntax, text).length > 0;
  }
  // Moving HTML from one element to another brings in nothing new.
  if (/\.(?:inner|outer)HTML$/.test(text.text)) return false;
  return !/^[A-Z][A-Z0-9_]+$/.test(text.text);
}
