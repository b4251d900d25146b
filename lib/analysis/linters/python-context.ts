/** Questions about the surroundings of a line in Python source, answered from its layout. */
export interface PythonContext {
  /** The line's text; empty beyond the file. 1-based. */
  line(row: number): string;
  /** Header of the innermost `def` or `class` that the line stands in or opens, if any. */
  enclosing(keyword: 'def' | 'class', row: number): Header | undefined;
  /** The lines from the header to the next definition that is not inside. */
  body(header: Header): string;
}

export interface Header {
  row: number;
  name: string;
  /** The header's text, joined up to its colon: `class A(Base):`. */
  text: string;
  /** By more than `staticmethod` and `classmethod`. */
  decorated: boolean;
}

const headerStart = /^(\s*)(?:async\s+)?(def|class)\s+(\w+)/;
const startsDefinition = /^\s*(?:@|(?:async\s+)?def\s|class\s)/;
/** Those that hand the function to somebody else. */
const isDecorator = /^@(?!(static|class)method\b)/;
/** A signature longer than this is not worth reading to its end. */
const maxHeaderLines = 60;

export function pythonContext(text: string): PythonContext {
  const lines = text.split(/\r?\n/);
  const line = (row: number): string => lines[row - 1] ?? '';

  return {
    line,
    enclosing(keyword, row) {
      let limit = Number.POSITIVE_INFINITY;
      for (let current = row; current >= 1; current--) {
        const match = headerStart.exec(line(current));
        const indent = match?.[1]?.length ?? 0;
        if (match === null || indent >= limit) continue;
        limit = indent;
        if (match[2] === keyword) return headerAt(lines, current, match[3] ?? '');
      }
      return undefined;
    },

    body({ row }) {
      const indent = indentOf(line(row));
      const end = lines.findIndex(
        (other, index) => index >= row && startsDefinition.test(other) && indentOf(other) <= indent,
      );
      return lines.slice(row - 1, end === -1 ? undefined : end).join('\n');
    },
  };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}

function headerAt(lines: readonly string[], row: number, name: string): Header {
  const parts: string[] = [];
  for (const part of lines.slice(row - 1, row - 1 + maxHeaderLines)) {
    parts.push(part.trim());
    if (/:\s*(#.*)?$|:\s*\.\.\.\s*$/.test(part)) break;
  }
  const before = lines
    .slice(0, row - 1)
    .findLast((text) => text.trim() !== '')
    ?.trim();
  const decorated = before !== undefined && (isDecorator.test(before) || before === ')');
  return { row, name, text: parts.join(' '), decorated };
}
