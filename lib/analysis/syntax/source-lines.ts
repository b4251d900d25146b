import type { SyntaxTree } from './syntax-tree.ts';

/** Tells lines that are blank or only comment from lines with code on them. */
export function blankOrComment(tree: SyntaxTree): (line: number) => boolean {
  const commented = commentLines(tree);
  return (line) => commented.has(line) || isBlank(tree.lines.lineText(line));
}

/** Lines that are neither blank nor only comment. */
export function countCodeLines(tree: SyntaxTree): number {
  const isEmptyLine = blankOrComment(tree);
  let count = 0;
  for (let line = 1; line <= tree.lines.count; line += 1) {
    if (!isEmptyLine(line)) count += 1;
  }
  return count;
}

/** Lines on which nothing but comment stands. */
function commentLines(tree: SyntaxTree): Set<number> {
  const found = new Set<number>();
  for (const comment of tree.ofType('comment')) {
    const { line, endLine } = comment;
    const alone =
      isBlank(tree.lines.before(comment.start)) && isBlank(tree.lines.after(comment.end));
    if (alone) found.add(line).add(endLine);
    for (let inner = line + 1; inner < endLine; inner += 1) found.add(inner);
  }
  return found;
}

function isBlank(text: string): boolean {
  return text.trim() === '';
}
