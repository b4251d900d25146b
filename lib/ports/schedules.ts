import type { ScheduleView } from '../domain/schedule.ts';

/** Starts flows at fixed intervals. The host's scheduler here, EventBridge on AWS. */
export interface Schedules {
  list(): Promise<ScheduleView[]>;
  /**
   * Starts the schedule's flow now, out of turn, also when it is paused.
   * @throws RequestRejectedError: `not-found`, or `conflict` while a run of the flow is going on
   */
  run(name: string): Promise<{ runId: string }>;
  /** Lets it tick no more until `resume`; survives restarts. @throws RequestRejectedError: `not-found` */
  pause(name: string): Promise<ScheduleView>;
  /** @throws RequestRejectedError: `not-found` */
  resume(name: string): Promise<ScheduleView>;
}
