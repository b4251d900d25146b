import type { PythonContext } from './python-context.ts';
import { codesThatNameASymbol } from './ruff-rules.ts';
import type { RuffDiagnostic } from './ruff-case.ts';

/** Our wording where Ruff's is an order, or leaves out why it matters. `{}` stands for the symbol. */
const sentences: Record<string, string> = {
  F401: '`{}` is imported and never used.',
  F841: '`{}` is assigned and never used.',
  F842: '`{}` is annotated and never used.',
  F821: '`{}` is not defined anywhere.',
  B006: 'The default of `{}` is mutable, and all calls share it.',
  B008: 'The default of `{}` is computed once, when the function is defined.',
  B023: 'A function made in the loop sees the last value of `{}`, not the one of its turn.',
  RUF013: '`{}` has the default None, which its type does not allow.',
  E722: 'A bare `except` also catches KeyboardInterrupt and SystemExit.',
  BLE001: 'Every error is caught here and goes on without its traceback.',
  S110: 'Every error is caught here and dropped.',
  S112: 'Every error is caught here and dropped, and the loop goes on.',
  B904: 'The new error is raised without its cause (`raise … from error`).',
  SIM115: 'The file is opened without `with`: an error before `close` leaks it.',
  PLW1510: 'Nobody looks at the exit code of this subprocess.',
  S301: '`pickle` runs whatever code the data that it reads asks for.',
  S102: '`exec` runs whatever text reaches it.',
  S307: '`eval` runs whatever text reaches it.',
  S608: 'An SQL statement is put together from strings instead of parameters.',
  S602: 'A command that is put together at run time goes through a shell.',
  S604: 'A command that is put together at run time goes through a shell.',
  S605: 'A command that is put together at run time goes through a shell.',
  S311: 'The `random` module is predictable: not fit for secrets.',
  S501: 'The server certificate is not checked: anybody between can read along.',
  RUF006: 'Nothing holds the task: it can be collected before it is done, and its error is lost.',
};

/** A full sentence about the diagnostic, and the name that it is about where it has one. */
export function describe(
  diagnostic: RuffDiagnostic,
  context: PythonContext,
): { message: string; symbol?: string } {
  const code = diagnostic.code ?? '';
  const symbol = symbolOf(code, diagnostic, context);
  if (symbol !== undefined && code.startsWith('ARG')) {
    const owner = context.enclosing('def', diagnostic.start_location.row)?.name ?? 'The function';
    return { message: `\`${owner}\` takes \`${symbol}\` and never uses it.`, symbol };
  }
  const sentence = sentences[code];
  const complete = sentence !== undefined && (symbol !== undefined || !sentence.includes('{}'));
  const message = complete ? sentence.replace('{}', symbol ?? '') : asSentence(diagnostic.message);
  return symbol === undefined ? { message } : { message, symbol };
}

/** In words for people: Ruff's own begin in either case and end without a stop. */
export function describeSyntaxError({ message, start_location: at }: RuffDiagnostic): {
  line: number;
  message: string;
} {
  const reason = message.charAt(0).toLowerCase() + message.slice(1);
  return { line: at.row, message: asSentence(`Python 3 cannot read this line: ${reason}`) };
}

function symbolOf(
  code: string,
  diagnostic: RuffDiagnostic,
  context: PythonContext,
): string | undefined {
  if (codesThatNameASymbol.has(code)) return /`(.+?)`/.exec(diagnostic.message)?.[1];
  const { row, column } = diagnostic.start_location;
  const before = context.line(row).slice(0, column - 1);
  // Ruff points at the default or the annotation; the parameter's name stands before it.
  if (code === 'B006' || code === 'B008') return /(\w+)\s*(?::[^,=]*)?=\s*$/.exec(before)?.[1];
  if (code === 'RUF013') return /(\w+)\s*:\s*$/.exec(before)?.[1];
  return undefined;
}

function asSentence(message: string): string {
  const text = message.trim();
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
