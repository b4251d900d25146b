/** Where runs work: how a person names it, and how often it is looked at. */
export interface RunPlace {
  /** `the host`, `the stack autonomous-cicd-dev` */
  name: string;
  /** Belongs behind a command that is told: ` --stack autonomous-cicd-dev`; empty for this machine. */
  option: string;
  /** Milliseconds between two looks at a run. */
  pollMs: number;
  /** Milliseconds for which lines of a log may still come after the run has ended. */
  lateMs: number;
}

const thisMachine: RunPlace = { name: 'the host', option: '', pollMs: 250, lateMs: 0 };

/** @param stack undefined for this machine */
export function runPlace(stack: string | undefined): RunPlace {
  if (stack === undefined) return thisMachine;
  // All who look at an account share few requests a second, and its logs take some seconds to show.
  return { name: `the stack ${stack}`, option: ` --stack ${stack}`, pollMs: 2_000, lateMs: 6_000 };
}
