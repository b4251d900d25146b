/** Part of a text whose length is limited. */
export interface Section {
  /** Stays whole: a heading with what introduces the lines, or a table's head. */
  head: string;
  /** May be cut away, from the last one on. Default: none. */
  lines?: readonly string[];
  /** Lines there would be, where not all of them were given. Default: those given. */
  total?: number;
}

const restNotice = 'The rest is in the full report.';

/**
 * The sections and the end, one below the other, cut between lines where the text would become too long: what
 * comes last goes first. The end always stands.
 */
export function fitSections(
  sections: readonly Section[],
  { end, maxCharacters }: { end: string; maxCharacters: number },
): string {
  const parts: string[] = [];
  let room = maxCharacters - end.length - restNotice.length - 2 * paragraph.length;
  for (const section of sections) {
    const { isCut, text } = fitSection(section, room);
    parts.push(text);
    if (isCut) break;
    room -= text.length + paragraph.length;
  }
  return [...parts, end].join(paragraph);
}

const paragraph = '\n\n';

/** As many lines as there is room for; a head never stands without any of its lines. */
function fitSection(
  { head, lines = [], total = lines.length }: Section,
  room: number,
): { text: string; isCut: boolean } {
  for (let shown = lines.length; shown > 0; shown -= 1) {
    const text = draw([head, ...lines.slice(0, shown)], total - shown);
    if (text.length <= room) return { text, isCut: shown < lines.length };
  }
  if (lines.length > 0 || head.length > room) return { text: restNotice, isCut: true };
  return { text: head, isCut: false };
}

function draw(lines: readonly string[], hidden: number): string {
  const text = lines.join('\n');
  return hidden > 0 ? `${text}${paragraph}… and ${hidden} more in the full report.` : text;
}
