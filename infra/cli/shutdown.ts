/** Within this time a second signal is npm passing on the first: a terminal sends it to both. */
const echoMilliseconds = 1_000;

/** Work under way is cut off when stopping takes longer: it resumes at the next start. */
const latestMilliseconds = 4_500;

/**
 * Resolves at the first Ctrl-C or SIGTERM. A second one, or too long a stop, ends the process at once.
 * @param exitCode of a process whose stop took too long
 */
export function untilAskedToStop(exitCode: number): Promise<void> {
  return new Promise((resolve) => {
    let askedAt = 0;
    const onSignal = () => {
      if (askedAt === 0) {
        askedAt = Date.now();
        setTimeout(() => process.exit(exitCode), latestMilliseconds).unref();
        resolve();
      } else if (Date.now() - askedAt > echoMilliseconds) {
        process.exit(1);
      }
    };
    process.on('SIGINT', onSignal);
    process.on('SIGTERM', onSignal);
  });
}
