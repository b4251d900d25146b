import { z } from 'zod';
import {
  knownRequestSchema,
  matchRequest,
  type RequestMatch,
  type ToldRequest,
} from '../../domain/reconcile/known-requests.ts';
import { isPolled } from '../../domain/reconcile/polled-event.ts';
import type { BusEvent } from '../../domain/event.ts';
import type { Store } from '../../ports/store.ts';

/**
 * What was asked for of which issue, and when: a request that a webhook tells and one that is found by
 * asking for changes are known as the same.
 */
export interface KnownRequests {
  /**
   * Remembers the request that the event tells.
   * @param until as a poll tells it. Default: the time of the event
   * @returns the event under the time of the request that it was first told as: its run has one name
   */
  admit(event: BusEvent, until?: string): Promise<BusEvent>;
  /** Whether the request was told before. One that was is remembered as told by this event, too. */
  isKnown(event: BusEvent, until?: string): Promise<boolean>;
}

const partition = 'asked';

/** A day longer than requests are looked for (`polled-issues.ts`). */
const keptMs = 8 * 24 * 3_600_000;

const valueSchema = z.array(knownRequestSchema);

/** @param now milliseconds since the epoch */
export function createKnownRequests(store: Store, now: () => number): KnownRequests {
  /** @param isKept whether what was found is remembered */
  const match = async (
    { issueId, ...request }: IssueRequest,
    isKept: (found: RequestMatch) => boolean,
  ): Promise<RequestMatch> => {
    for (;;) {
      const item = await store.get(partition, issueId);
      // What another version has written is as good as forgotten.
      const before = valueSchema.safeParse(item?.value).data ?? [];
      const found = matchRequest(before, request);
      if (!isKept(found)) return found;
      const next = { partition, key: issueId, value: found.known, expiresAt: now() + keptMs };
      const isWritten =
        item === undefined ? await store.add(next) : await store.put(next, item.version);
      if (isWritten) return found;
    }
  };

  return {
    admit: async (event, until) => {
      const request = requestOf(event, until);
      if (request === undefined || event.linearIssue === null) return event;
      const { at } = await match(request, () => true);
      return { ...event, linearIssue: { ...event.linearIssue, updatedAt: at } };
    },
    isKnown: async (event, until) => {
      const request = requestOf(event, until);
      if (request === undefined) return false;
      const found = await match(request, ({ isKnown }) => isKnown);
      return found.isKnown;
    },
  };
}

interface IssueRequest extends ToldRequest {
  issueId: string;
}

/** Undefined for an event that belongs to no issue. */
function requestOf(event: BusEvent, until?: string): IssueRequest | undefined {
  const { linearIssue } = event;
  if (linearIssue === null || linearIssue.updatedAt === '') return undefined;
  const { id, updatedAt } = linearIssue;
  const way = isPolled(event) ? 'poll' : 'webhook';
  return { issueId: id, way, from: updatedAt, until: until ?? updatedAt };
}
