import type { PythonContext } from './python-context.ts';

/** The part of Ruff's diagnostic that is used here. */
export interface RuffDiagnostic {
  /** Null or `invalid-syntax` for what keeps the file from being parsed. */
  code: string | null;
  message: string;
  start_location: { row: number; column: number };
  end_location: { row: number; column: number };
}

export interface RuffCase {
  path: string;
  text: string;
  context: PythonContext;
  /** Codes that Ruff gave for the same line. */
  codesOnLine: ReadonlySet<string>;
  inTest: boolean;
}
