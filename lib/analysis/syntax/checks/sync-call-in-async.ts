import type { FileSyntax } from '../file-syntax.ts';
import { methodOf, resolvedCalls } from '../resolved-calls.ts';
import { type CheckHit, nameOf, hitIn } from './check.ts';

const blocking = /^(?:fs|child_process|crypto|zlib)\.\w+Sync$/;
/** Long enough to be felt by everything else that the process serves. */
const slow = /^(?:exec|execFile|spawn|pbkdf2|scrypt|gzip|gunzip|brotliCompress|deflate)Sync$/;
/** Over before a promise would have been made. */
const quick = /^(?:existsSync|randomFillSync|statSync|lstatSync|accessSync|mkdtempSync)$/;

/** Calls that stop the event loop, in functions that promise not to. Ruff knows those of Python. */
export function checkSyncCallInAsync(syntax: FileSyntax): CheckHit[] {
  return resolvedCalls(syntax).flatMap((call) => {
    const method = methodOf(call.name);
    if (!blocking.test(call.name) || quick.test(method)) return [];
    const unit = syntax.scopes.around(call.node);
    if (unit?.isAsync !== true) return [];
    return [
      hitIn(unit, {
        rule: 'sync-call-in-async',
        severity: slow.test(method) ? 'medium' : 'low',
        line: call.node.line,
        message: `${nameOf(unit)} is async, and \`${method}\` blocks the whole process.`,
      }),
    ];
  });
}
