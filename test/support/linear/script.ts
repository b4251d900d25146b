import type { FaultyAnswer } from '../faulty-answers.ts';
import type { SeenRequest } from './requests.ts';

/** What goes wrong with the next requests. */
export interface ScriptedFault {
  answer: FaultyAnswer;
  /** How many requests get it. Default: 1. */
  times?: number;
  /** Which requests get it. Default: all. */
  when?: (request: SeenRequest) => boolean;
  /** The request is carried out all the same: only its answer is lost. Default: false. */
  carriedOut?: boolean;
}

export interface Script {
  add(faults: readonly ScriptedFault[]): void;
  /** The fault that the request gets, which is used up by that. */
  next(request: SeenRequest): ScriptedFault | undefined;
  clear(): void;
}

export function createScript(): Script {
  let pending: (ScriptedFault & { times: number })[] = [];
  return {
    add(faults) {
      pending.push(...faults.map((fault) => ({ times: 1, ...fault })));
    },
    next(request) {
      const fault = pending.find(({ when }) => when?.(request) ?? true);
      if (fault === undefined) return undefined;
      fault.times -= 1;
      pending = pending.filter(({ times }) => times > 0);
      return fault;
    },
    clear() {
      pending = [];
    },
  };
}
