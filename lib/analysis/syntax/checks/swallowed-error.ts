import type { Severity } from '../../../domain/finding.ts';
import { argumentsOf } from '../call-facts.ts';
import { dottedName } from '../dotted-name.ts';
import { dropsError, isNoop } from '../ecmascript/ecmascript-guards.ts';
import type { FileSyntax } from '../file-syntax.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { alternatives } from '../word-lists.ts';
import { type CheckHit, hitIn } from './check.ts';

/** As many statements as this under one handler can fail in ways that nobody thought of. */
const manyStatements = 5;

/** Asking is what fails here: whether a text parses, a file is there, a module can be loaded. */
const probing = new RegExp(
  String.raw`\b(?:JSON\.parse|new URL|new RegExp|decodeURI\w*|require|import|(?:${alternatives(`
    stat lstat access realpath readlink readFile readdir`)})(?:Sync)?)\s*\(`,
);
/** What is thrown away anyway may fail to be closed. */
const cleanup = new RegExp(
  String.raw`\b(?:${alternatives(`
    close cancel destroy unlink rm rmdir remove abort kill end disconnect dispose terminate
    removeItem release\\w*`)})(?:Sync)?\s*\([^()]*\)\s*;?\s*\}?$`,
);

/** The function's name says that it does not fail. */
const saysItself = /^(?:safe|try|ignore|silent|quiet|attempt|maybe|bestEffort|cleanup)(?![a-z])/;

/** `catch` clauses and `.catch()` handlers of TypeScript and JavaScript that drop every error. */
export function checkSwallowedError(syntax: FileSyntax): CheckHit[] {
  return [...catchClauses(syntax), ...rejectionHandlers(syntax)];
}

function catchClauses({ tree, scopes }: FileSyntax): CheckHit[] {
  return tree.ofType('catch_clause').flatMap((clause) => {
    const body = clause.child('body');
    const attempt = clause.parent?.child('body');
    if (body === undefined || attempt === undefined) return [];
    if (!dropsError(clause) || isExplained(tree, clause)) return [];
    if (saysItself.test(scopes.around(clause)?.definition?.name ?? '')) return [];
    const empty = body.children.length === 0;
    const judgement = judge(tree, attempt, empty);
    return [hitIn(scopes.around(clause), { ...judgement, line: clause.line })];
  });
}

function judge(tree: SyntaxTree, attempt: SyntaxNode, empty: boolean): Omit<CheckHit, 'line'> {
  const count = tree.inside(attempt).filter((node) => isStatement(node)).length;
  if (!empty && count >= manyStatements) {
    const message = `Every error of the ${count} statements above becomes the same default.`;
    return { rule: 'broad-except', severity: 'low', message };
  }
  const harmless =
    (count <= 2 && (probing.test(attempt.text) || cleanup.test(attempt.text))) ||
    (count <= 4 && !empty && /\breturn true;?\s*\}$/.test(attempt.text));
  const severity = gradeOf(empty, harmless);
  const end = empty ? 'dropped in silence' : 'dropped: the caller gets a default instead';
  return { rule: 'swallowed-error', severity, message: `Whatever is thrown above is ${end}.` };
}

/** Silence is worse than a default, and neither is bad where failing is the answer. */
function gradeOf(empty: boolean, harmless: boolean): Severity {
  if (harmless) return empty ? 'low' : 'info';
  return empty ? 'medium' : 'low';
}

function isStatement(node: SyntaxNode): boolean {
  return node.type.endsWith('_statement') || node.type.endsWith('_declaration');
}

/** A comment in the clause says why. */
function isExplained(tree: SyntaxTree, clause: SyntaxNode): boolean {
  return tree.inside(clause).some((node) => node.type === 'comment');
}

function rejectionHandlers({ tree, scopes }: FileSyntax): CheckHit[] {
  return tree.ofType('call_expression').flatMap((call) => {
    const callee = call.child('function');
    const promise = callee?.child('object');
    const [handler] = argumentsOf(call);
    if (callee?.child('property')?.text !== 'catch' || promise === undefined) return [];
    if (handler === undefined || !isNoop(handler) || isExplained(tree, handler)) return [];
    // A promise that has a name is awaited elsewhere too, and its error is seen there.
    if (cleanup.test(promise.text) || promise.type !== 'call_expression') return [];
    const body = handler.child('body');
    const empty = body?.type === 'statement_block' && body.children.length === 0;
    return [
      hitIn(scopes.around(call), {
        rule: 'swallowed-error',
        severity: gradeOf(empty, probing.test(promise.text)),
        line: handler.line,
        message: `Every rejection of \`${dottedName(promise)}\` is dropped.`,
      }),
    ];
  });
}
