import { argumentsOf } from '../call-facts.ts';
import { dottedName } from '../dotted-name.ts';
import type { FileSyntax } from '../file-syntax.ts';
import { resolveName } from '../import-bindings.ts';
import { dropsError } from '../python/python-guards.ts';
import type { SyntaxNode } from '../syntax-node.ts';
import type { SyntaxTree } from '../syntax-tree.ts';
import { alternatives } from '../word-lists.ts';
import { type CheckHit, hitIn } from './check.ts';

/** Failures of other systems: dropping them hides that work was not done. */
const remoteError = new RegExp(
  String.raw`(?:^|\.)\w*(?:${alternatives(`
    Request HTTP Http Connection Database Operational Integrity SQLAlchemy Client Boto\\w*
    Subprocess CalledProcess SMTP Timeout`)})(?:Error|Exception|Expired)$`,
);
const systemError = /^(?:IOError|OSError|EnvironmentError)$/;
/** Reading may well fail; what was to be written is lost. */
const writing = /\.?(?:write\w*|dump|copy\w*|move|send\w*|upload\w*|save\w*|commit)\(/;
const cleanup = new RegExp(
  String.raw`\.(?:${alternatives(`
    close unlink rmdir remove rmtree kill terminate cancel shutdown disconnect rollback
    makedirs mkdir`)})\(`,
);

/**
 * Python handlers that drop errors and that Ruff lets pass: a named error of the outside world, or
 * `suppress(Exception)`. Ruff reports the bare and the broad ones.
 */
export function checkPythonSwallowedError(syntax: FileSyntax): CheckHit[] {
  return [...handlers(syntax), ...suppressions(syntax)];
}

function handlers({ tree, scopes }: FileSyntax): CheckHit[] {
  return tree.ofType('except_clause').flatMap((clause) => {
    const attempt = clause.parent?.child('body');
    if (attempt === undefined || !dropsError(clause)) return [];
    const loses = writing.test(attempt.text);
    const error = caughtNames(clause).find(
      (name) => remoteError.test(name) || (loses && systemError.test(name)),
    );
    if (error === undefined) return [];
    if (isExplained(tree, clause) || cleanup.test(attempt.text)) return [];
    // Answering with a default is an interface; going on as if nothing had happened is not.
    if (clause.childOfType('block')?.children.at(-1)?.type === 'return_statement') return [];
    return [
      hitIn(scopes.around(clause), {
        rule: 'swallowed-error',
        severity: 'low',
        confidence: 'medium',
        line: clause.line,
        message: `\`${error}\` is dropped in silence.`,
      }),
    ];
  });
}

function caughtNames(clause: SyntaxNode): string[] {
  const value = clause.child('value');
  const caught = value?.type === 'as_pattern' ? value.children[0] : value;
  if (caught === undefined) return [];
  return (caught.type === 'tuple' ? caught.children : [caught]).map(dottedName);
}

/** A comment in the clause, or at the end of the block before it, says why. */
function isExplained(tree: SyntaxTree, clause: SyntaxNode): boolean {
  return tree
    .ofType('comment')
    .some((comment) => comment.line >= clause.line - 1 && comment.line <= clause.endLine + 1);
}

function suppressions({ tree, scopes, bindings }: FileSyntax): CheckHit[] {
  return tree.ofType('call').flatMap((call) => {
    const callee = call.child('function');
    if (callee === undefined) return [];
    if (resolveName(dottedName(callee), bindings) !== 'contextlib.suppress') return [];
    const broad = argumentsOf(call).find((node) => /^(?:Base)?Exception$/.test(node.text));
    if (broad === undefined) return [];
    return [
      hitIn(scopes.around(call), {
        rule: 'swallowed-error',
        line: call.line,
        message: `Every \`${broad.text}\` of the block is dropped in silence.`,
      }),
    ];
  });
}
