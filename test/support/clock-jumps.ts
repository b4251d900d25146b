/**
 * To be loaded into a host before all else: each SIGUSR2 moves its clock on by an hour and a minute, so that a test
 * need not wait for a deadline.
 */
const jumpMs = 61 * 60_000;
const realNow = Date.now;
let ahead = 0;

process.on('SIGUSR2', () => {
  ahead += jumpMs;
});

Date.now = () => realNow() + ahead;
globalThis.Date = new Proxy(Date, {
  construct: (target, parts: [] | ConstructorParameters<DateConstructor>) =>
    parts.length === 0 ? new target(target.now()) : new target(...parts),
});
