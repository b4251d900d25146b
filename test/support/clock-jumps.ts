/**
 * To be loaded into a host before all else: each SIGUSR2 moves its clock on by an hour and a minute, so that a test
 * need not wait for a deadline.
 */
const jumpMs = 61 * 60_000;
let ahead = 0;

process.on('SIGUSR2', () => {
  ahead += jumpMs;
});

globalThis.Date = class extends Date {
  constructor(...parts: [] | [number | string | Date]) {
    super(parts[0] ?? Date.now());
  }

  static override now(): number {
    return super.now() + ahead;
  }
} as DateConstructor;
