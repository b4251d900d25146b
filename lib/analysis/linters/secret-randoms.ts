import type { PythonContext } from './python-context.ts';
import { namesASecret } from './secret-names.ts';

/** A statement that goes on for longer is not followed to its beginning. */
const maxLinesAbove = 5;

/** Time that passes and coins that are tossed: nobody gains by guessing them. */
const isChance =
  /sleep|delay|jitter|back_?off|\bwait|timeout|interval|random\(\)\s*[<>]|[<>]=?\s*random\./i;

/**
 * Random numbers matter to security only where something secret is made of them: by the name of the
 * function, or of what the number is assigned to.
 */
export function makesASecret(at: { row: number; column: number }, context: PythonContext): boolean {
  const line = context.line(at.row);
  if (isChance.test(line)) return false;
  const target = targetOf(at, context);
  if (target !== undefined && namesASecret(target)) return true;
  return namesASecret(context.enclosing('def', at.row)?.name ?? '');
}

/** `self.code` of `self.code = …`, `code` of `code=…` and `"code": …`; also some lines further up. */
function targetOf(
  { row, column }: { row: number; column: number },
  context: PythonContext,
): string | undefined {
  let before = context.line(row).slice(0, column - 1);
  for (let current = row; current > row - maxLinesAbove; current--) {
    const target = /([\w.]+)["'\]]*\s*(?::[^=\n]*)?(?:(?<![=!<>])=(?!=)|:)\s*[^=:]*$/.exec(
      before,
    )?.[1];
    if (target !== undefined) return target;
    before = context.line(current - 1);
    // Only an open bracket leads on to the next line.
    if (!/[([{,]\s*$/.test(before)) return undefined;
  }
  return undefined;
}
