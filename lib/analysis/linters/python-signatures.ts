import { docstringParameters } from '../syntax/documented-parameters.ts';
import type { PythonContext } from './python-context.ts';

const handlerParameters = new Set(['args', 'kwargs', 'event', 'context', 'request', 'kwds', 'ctx']);

interface Place {
  row: number;
  /** Of the whole file. */
  text: string;
  isMethod: boolean;
  context: PythonContext;
}

/** True where the signature is somebody else's choice: overrides, callbacks, handlers, stubs. */
export function isGivenSignature(
  parameter: string,
  { row, text, isMethod, context }: Place,
): boolean {
  if (handlerParameters.has(parameter) || parameter.startsWith('unused')) return true;
  const definition = context.enclosing('def', row);
  if (definition === undefined || definition.decorated) return true;
  if (isStub(definition.row, context)) return true;
  // The language asks for the arguments of its protocols: `__exit__`, `__set_name__`.
  if (isMethod && /^__\w+__$/.test(definition.name) && definition.name !== '__init__') return true;
  const body = context.body(definition);
  if (isDocumented(parameter, body) || isVariant(definition.row, context)) return true;
  if (!isMethod) return isPassedAround(definition.name, text);
  if (new RegExp(String.raw`\b(?:self|cls)\.${definition.name}\b(?!\s*\()`).test(text)) return true;
  const owner = context.enclosing('class', definition.row);
  return owner === undefined || !/^class\s+\w+\s*(\(\s*(object)?\s*\))?\s*:/.test(owner.text);
}

/** The docstring tells of it: who overrides the function, or comes later, has a use for it. */
function isDocumented(parameter: string, body: string): boolean {
  const docstring = /[rR]?("""|''')([^]*?)\1/.exec(body)?.[2] ?? '';
  return docstringParameters(docstring).some(({ name }) => name === parameter);
}

/** The function stands under a condition: another place defines it for other platforms or versions. */
function isVariant(row: number, context: PythonContext): boolean {
  const indent = context.line(row).search(/\S/);
  if (indent === 0) return false;
  for (let above = row - 1; above >= 1; above--) {
    const line = context.line(above);
    if (line.trim() === '' || line.search(/\S/) >= indent) continue;
    return /^\s*(if|elif|else|try|except)\b/.test(line);
  }
  return false;
}

const linesOfAStub = 60;
/** The last line of a function's header: a colon at the end, and no other statement before it. */
const endsHeader = /^(?!\s*(if|elif|else|for|while|try|except|finally|with)\b).*:\s*$/;

/** The body says that it is not here: a subclass has it, or a library that is missing. */
function isStub(row: number, context: PythonContext): boolean {
  for (let current = row + 1; current <= row + linesOfAStub; current++) {
    const line = context.line(current);
    if (/^\s*raise\s+NotImplementedError/.test(line)) return true;
    if (/^\s*raise\s/.test(line) && endsHeader.test(context.line(current - 1))) return true;
    if (isDefaultAnswer(current, row, context)) return true;
    if (isOnlyRefusal(current, context)) return true;
    if (/^\s*(async\s+)?(def|class)\s/.test(line)) return false;
  }
  return false;
}

/** Nothing but a constant, or what was given, as the answer after the documentation: a hook that subclasses replace. */
function isDefaultAnswer(row: number, start: number, context: PythonContext): boolean {
  const answer =
    /^(\s*)return (None|True|False|[a-z_]\w*|""|\[\]|\{\}|\(\)|[A-Z][A-Z\d_]+)\s*$/.exec(
      context.line(row),
    );
  if (answer === null) return false;
  const before = context.line(row - 1);
  const isOnly = row - 1 > start && /("""|''')\s*$/.test(before);
  const indent = /^\s*/.exec(context.line(start))?.[0].length ?? 0;
  return isOnly && (answer[1] ?? '').length > indent;
}

/** The only statement calls a helper that refuses: `_immutable_error(self)`. */
function isOnlyRefusal(row: number, context: PythonContext): boolean {
  const isFirst = /->\s*(\w+\.)?(NoReturn|Never)\s*:\s*$/.test(context.line(row - 1));
  return isFirst && /^\s+[\w.]+\(.*\)\s*$/.test(context.line(row));
}

/** The function is used as a value somewhere: whoever calls it decides what it takes. */
function isPassedAround(name: string, text: string): boolean {
  const use = new RegExp(String.raw`(?:[(,=[{:]|\breturn)\s*${name}\s*(?:[,)\]}#\n]|$)`);
  return use.test(text);
}
