interface MarkdownLimit {
  most: number;
  /** How GitHub measures: some fields in characters, others in bytes. */
  sizeOf: (text: string) => number;
  /** One line that says that there was more, and where it is. */
  notice: string;
}

/**
 * The whole lines that fit. The notice stands first: at the end, the cut could have put it into a list, a
 * block of code or a folded part.
 */
export function fitMarkdown(markdown: string, { most, notice, sizeOf }: MarkdownLimit): string {
  if (sizeOf(markdown) <= most) return markdown;
  const head = `${notice}\n\n`;
  let room = most - sizeOf(head);
  const kept: string[] = [];
  for (const line of markdown.split('\n')) {
    room -= sizeOf(`${line}\n`);
    if (room < 0) break;
    kept.push(line);
  }
  return `${head}${kept.join('\n')}`;
}
