/** Finds the line of an offset without a crossing into the parser for every node. */
export class LineIndex {
  readonly text: string;
  private readonly starts: number[] = [0];

  constructor(text: string) {
    this.text = text;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) {
      this.starts.push(at + 1);
    }
  }

  /** Lines of the text; a newline at the very end begins no further line. */
  get count(): number {
    if (this.text.length === 0) return 0;
    return this.starts.length - (this.text.endsWith('\n') ? 1 : 0);
  }

  /** 1-based. */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  }

  /** The text between the start of its line and this offset. */
  before(offset: number): string {
    return this.text.slice(this.starts[this.lineAt(offset) - 1], offset);
  }

  /** The text between this offset and the end of its line. */
  after(offset: number): string {
    const newline = this.text.indexOf('\n', offset);
    return this.text.slice(offset, newline === -1 ? undefined : newline);
  }

  /** The text of a 1-based line without its newline. */
  lineText(line: number): string {
    const start = this.starts[line - 1];
    if (start === undefined) return '';
    const end = this.starts[line];
    return this.text.slice(start, end === undefined ? undefined : end - 1);
  }
}
