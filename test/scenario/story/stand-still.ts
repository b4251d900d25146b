import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { openRunsReadOnly } from '../../../infra/local/engine/runs-read-only.ts';

function databaseOf(folder: string): string {
  return join(folder, '.cicd', 'cicd.db');
}

/**
 * Makes the host stand still as soon as a run has recorded that this task succeeded: the commit in which
 * anything else would be recorded does not end. Nothing of the product knows of it, and nothing can come
 * between the boundary and a kill, however short the next task is.
 * @param folder of the project, whose host has started
 */
export function standStillAfter(folder: string, task: string): void {
  change(
    folder,
    `CREATE VIEW without_end AS
       WITH RECURSIVE counter (n) AS (SELECT 1 UNION ALL SELECT 1 FROM counter)
       SELECT count(*) AS n FROM counter;
     CREATE TRIGGER stand_still BEFORE INSERT ON events
       WHEN EXISTS (
         SELECT 1 FROM events WHERE run_id = NEW.run_id
           AND operation_name = '${task}' AND type = 'StepSucceeded')
       BEGIN SELECT n FROM without_end; END;`,
  );
}

/** Lets the next host go on. The one that stands still has to be killed before. */
export function goOn(folder: string): void {
  change(folder, 'DROP TRIGGER stand_still; DROP VIEW without_end;');
}

function change(folder: string, sql: string): void {
  const database = new DatabaseSync(databaseOf(folder), { timeout: 5_000 });
  database.exec(sql);
  database.close();
}

/** Names of the tasks of the flow's newest run that are recorded as succeeded, in order, as the files say. */
export async function recordedTasks(
  folder: string,
  flow = 'component-analysis',
): Promise<string[]> {
  const runs = openRunsReadOnly(databaseOf(folder));
  try {
    const [newest] = (await runs.list({ flow, limit: 1 })).runs;
    const run = newest && (await runs.get(newest.id));
    const tasks = run?.tasks ?? [];
    return tasks.filter(({ state }) => state === 'succeeded').map(({ name }) => name);
  } finally {
    runs.close();
  }
}

/** Until the task is recorded: from then on the host stands still. */
export async function untilRecorded(folder: string, task: string, flow?: string): Promise<void> {
  while (!(await recordedTasks(folder, flow)).includes(task)) await delay(20);
}
