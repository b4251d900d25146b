import type { IssueAsk } from '../../domain/dispatch/decision.ts';
import {
  claimedAskSchema,
  isSameAsk,
  type AskedBy,
  type ClaimedAsk,
} from '../../domain/dispatch/same-ask.ts';
import { finalRunStates } from '../../domain/run.ts';
import type { Runs } from '../../ports/runs.ts';
import type { Store, VersionedItem } from '../../ports/store.ts';
import { stableId } from '../../runtime/stable-id.ts';
import { changeItem } from '../change-item.ts';

/**
 * Who has asked for which analysis of an issue: a delegation to the app, which begins a session, and a label may
 * come together, in any order, and want one analysis.
 */
export interface IssueAsks {
  /**
   * To be called before the run of this name is started, by whichever way it was asked for.
   * @returns undefined: it may be; else the run that answers the same already, asked for in the other way
   */
  claim(
    ask: IssueAsk,
    by: AskedBy,
    name: string,
  ): Promise<{ by: AskedBy; name: string } | undefined>;
}

const partition = 'issue-asks';
const keptMs = 8 * 86_400_000;

/** @param now milliseconds since the epoch */
export function createIssueAsks({
  now,
  runs,
  store,
}: {
  now: () => number;
  runs: Pick<Runs, 'findByName'>;
  store: Store;
}): IssueAsks {
  const isUnderWay = async (name: string): Promise<boolean> => {
    const run = await runs.findByName(name);
    return run !== undefined && !finalRunStates.includes(run.state);
  };

  return {
    async claim({ askedAt, component, issueId, repository }, by, name) {
      const key = stableId('issue ask', issueId, repository, component);
      const known = parse(await store.get(partition, key));
      const isOther = known !== undefined && known.by !== by;
      const goesOn = isOther && (await isUnderWay(known.name));
      const ask: ClaimedAsk = { by, name, askedAt };
      let other: ClaimedAsk | undefined;
      await changeItem(store, { partition, key }, (item) => {
        const before = parse(item);
        // What was claimed just now has not begun: it goes by its time.
        const isKnown = before?.name === known?.name;
        other = before && isSameAsk(before, ask, isKnown && goesOn) ? before : undefined;
        return other === undefined ? { value: ask, expiresAt: now() + keptMs } : undefined;
      });
      return other;
    },
  };
}

function parse(item: VersionedItem | undefined): ClaimedAsk | undefined {
  return claimedAskSchema.safeParse(item?.value).data;
}
