/** A figure that the bill is computed with, and where it comes from. */
interface Assumption {
  value: number;
  unit: string;
  because: string;
}

/**
 * What neither the template nor the configuration says. Operations are those of a run on the engine of the tests;
 * requests to the table are counted in the code; times and sizes are rounded up from runs on two cores.
 */
export const assumptions = {
  analysesPerDelivery: {
    value: 0.02,
    unit: 'analyses a delivery',
    because: 'most deliveries are pull requests, comments and pushes to branches, which start none',
  },
  webhookMs: {
    value: 10,
    unit: 'ms',
    because: 'a millisecond when warm, 100 to 150 in the one of some hundred that starts a process',
  },
  eventKb: {
    value: 2,
    unit: 'KB',
    because: 'a delivery as it goes over the bus and into the table',
  },
  dispatcherMs: {
    value: 60,
    unit: 'ms',
    because: 'five requests to the table, one after the other, and now and then a start of 0.5 s',
  },
  dispatcherWrites: {
    value: 8,
    unit: 'writes of 1 KB a delivery',
    because: 'two writes of 2 KB, each with a copy in an index',
  },
  dispatcherReads: {
    value: 4,
    unit: 'reads a delivery',
    because: 'known? paused? counted, decided',
  },
  recordedChanges: { value: 2, unit: 'changes of state a run', because: 'it starts, it ends' },
  recorderMs: { value: 80, unit: 'ms a change', because: 'as the dispatcher, with copies' },
  recorderWrites: {
    value: 8,
    unit: 'writes of 1 KB a change',
    because: 'a record of 1 KB and two to three copies for lists, each with an entry in an index',
  },
  recorderReads: { value: 4, unit: 'reads a change', because: 'the record, before and after' },
  schedulerMs: {
    value: 100,
    unit: 'ms a look',
    because: 'a state, a start, and a process that is new',
  },
  schedulerWrites: {
    value: 2,
    unit: 'writes of 1 KB a look',
    because: 'the state of the schedule',
  },
  schedulerReads: { value: 3, unit: 'reads a look', because: 'state, pause, run' },
  healthOperations: {
    value: 6,
    unit: 'operations a run',
    because: 'the run, and four probes side by side',
  },
  healthMs: {
    value: 700,
    unit: 'ms a run',
    because: 'most of it a process that is new, at 512 MB',
  },
  healthReads: {
    value: 80,
    unit: 'reads a run',
    because: 'the runs of the last day: 384 of 1.5 KB when idle, half a read for 4 KB',
  },
  cicdOperations: {
    value: 16,
    unit: 'operations a run',
    because: 'the run, and a task for each chore',
  },
  cicdMs: { value: 2_500, unit: 'ms a run', because: 'it asks GitHub and Linear' },
  cicdReads: {
    value: 100,
    unit: 'reads a run',
    because: 'lists of what is open, of runs, cursors',
  },
  cicdWrites: { value: 10, unit: 'writes of 1 KB a run', because: 'cursors and memories' },
  analysisOperations: {
    value: 11,
    unit: 'operations a run',
    because: 'the run, five tasks, the slot, the beginning and the end of an answer, one more look',
  },
  analysisMs: { value: 20_000, unit: 'ms a run', because: '700 files take 6 s on two cores' },
  analysisWrites: { value: 40, unit: 'writes of 1 KB a run', because: 'answers, tracking, slot' },
  analysisBlobs: {
    value: 6,
    unit: 'blobs a run',
    because: 'snapshot, facts of four tasks, report',
  },
  analysisMb: {
    value: 4,
    unit: 'MB a run',
    because: 'a snapshot of a component, packed, and facts',
  },
  checkpointKb: { value: 2, unit: 'KB an operation', because: 'results are references to blobs' },
  logKbPerInvocation: {
    value: 1,
    unit: 'KB an invocation',
    because: 'three lines of Lambda, one or two of ours',
  },
  replays: {
    value: 2,
    unit: 'invocations a run',
    because: 'a run that waits or tries again goes on in another invocation',
  },
  secretReads: {
    value: 20,
    unit: 'reads an hour',
    because: 'kept for minutes by each process; more processes under load hardly show',
  },
} as const satisfies Record<string, Assumption>;

export type AssumptionName = keyof typeof assumptions;

/** A figure by its name. */
export function assumed(name: AssumptionName): number {
  return assumptions[name].value;
}
