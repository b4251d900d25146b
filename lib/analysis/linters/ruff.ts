import { createRequire } from 'node:module';
import type { SourceFile } from '../../domain/source.ts';
import { messageOf } from '../../domain/errors.ts';
import type { FileFacts } from '../facts.ts';
import type { Hit } from '../rule.ts';
import { isTestPath } from '../test-paths.ts';
import { pythonContext, type PythonContext } from './python-context.ts';
import { describe, describeSyntaxError } from './ruff-messages.ts';
import type { RuffDiagnostic } from './ruff-case.ts';
import { isNoise } from './ruff-precision.ts';
import { ruffCodes, ruleOfRuffCode, weightOfRuffCode } from './ruff-rules.ts';
import { isToleratedInTests, weightInTests } from './test-tolerance.ts';

const require = createRequire(import.meta.url);
const packageName = '@astral-sh/ruff-wasm-nodejs';

const settings = {
  // Code of unknown age: the newest grammar reads all of Python 3, and nothing selected asks for an upgrade.
  'target-version': 'py314',
  // Suggested edits are not used.
  lint: { select: ruffCodes, unfixable: ['ALL'] },
};

/** Characters. On longer lines Ruff takes a minute per megabyte where they do not parse. */
const longestLine = 20_000;

export interface Ruff {
  /** Lints one Python file. Never throws. */
  check(file: SourceFile): RuffReading;
}

export interface RuffReading {
  /** Empty for a file that does not parse. */
  hits: Hit[];
  /** The first place that is no Python 3, its line 1-based; null where the whole file parsed. */
  syntaxError: FileFacts['syntaxError'];
  /** Why Ruff itself did not read the file; null where it did. */
  note: string | null;
}

/** Starts Ruff's WebAssembly build: about 40 ms and 30 MB. */
export function createRuff(): Ruff {
  let workspace = startWorkspace();
  return {
    check(file) {
      if (hasLineLongerThan(longestLine, file.text)) {
        return unread(`Ruff left out ${file.path}: a line is too long to be by hand`);
      }
      let diagnostics: RuffDiagnostic[];
      try {
        diagnostics = workspace.check(file.text);
      } catch (error) {
        // A trap leaves the instance's memory in an unknown state: the next file gets a new one.
        workspace = startWorkspace();
        return unread(`Ruff failed on ${file.path}: ${messageOf(error)}`);
      }
      const invalid = diagnostics.find(isSyntaxError);
      if (invalid === undefined) {
        return { hits: toHits(diagnostics, file), syntaxError: null, note: null };
      }
      return { hits: [], syntaxError: describeSyntaxError(invalid), note: null };
    },
  };
}

interface Workspace {
  check(text: string): RuffDiagnostic[];
}

interface RuffModule {
  Workspace: new (options: unknown, encoding: number) => Workspace;
  PositionEncoding: { Utf16: number };
}

/** The package holds one WebAssembly instance per load, so a new one needs a new load. */
function startWorkspace(): Workspace {
  delete require.cache[require.resolve(packageName)];
  const ruff: RuffModule = require(packageName);
  return new ruff.Workspace(settings, ruff.PositionEncoding.Utf16);
}

function unread(note: string): RuffReading {
  return { hits: [], syntaxError: null, note };
}

function toHits(diagnostics: readonly RuffDiagnostic[], file: SourceFile): Hit[] {
  if (diagnostics.length === 0) return [];
  const context = pythonContext(file.text);
  const inTest = isTestPath(file.path);
  const byRow = Map.groupBy(diagnostics, (diagnostic) => diagnostic.start_location.row);
  const hits: Hit[] = [];
  const places = new Set<string>();
  for (const [row, onRow] of byRow) {
    const codesOnLine = new Set(onRow.map(({ code }) => code ?? ''));
    for (const diagnostic of onRow) {
      const code = diagnostic.code ?? '';
      const rule = ruleOfRuffCode(code);
      if (rule === undefined || (inTest && isToleratedInTests(rule))) continue;
      const found = { path: file.path, text: file.text, context, codesOnLine, inTest };
      if (isNoise(diagnostic, found)) continue;
      const place = placeOf(diagnostic, context);
      if (places.has(place)) continue;
      places.add(place);
      hits.push({
        rule,
        path: file.path,
        line: row,
        ...describe(diagnostic, context),
        tool: `ruff ${code}`,
        ...weightOfRuffCode(code),
        ...(inTest ? weightInTests(rule) : {}),
      });
    }
  }
  return hits;
}

/** What counts once: several captures of one function, and several names of one line, are one slip. */
function placeOf(
  { code, message, start_location: { row } }: RuffDiagnostic,
  context: PythonContext,
): string {
  if (code === 'B023') return `${code} ${context.enclosing('def', row)?.row ?? row}`;
  return code === 'F811' ? `${code} ${row}` : `${code} ${row} ${message}`;
}

function hasLineLongerThan(limit: number, text: string): boolean {
  for (let start = 0; start + limit < text.length;) {
    const end = text.indexOf('\n', start);
    if (end === -1 || end - start > limit) return true;
    start = end + 1;
  }
  return false;
}

function isSyntaxError({ code }: RuffDiagnostic): boolean {
  return code === null || code === 'invalid-syntax';
}
