import type { Place } from '../../domain/answers/place.ts';
import type { AnswerRecords } from './answer-records.ts';
import type { AnswerServices } from './answer-services.ts';
import { createCommitWriter } from './commit-writer.ts';
import { createGithubIssueWriter } from './github-issue-writer.ts';
import { createIssueWriter } from './issue-writer.ts';
import type { PlaceWriter } from './place-writer.ts';
import { createSessionWriter } from './session-writer.ts';

/** @returns writes at the place */
export function createWriters(
  services: AnswerServices,
  records: AnswerRecords,
): (place: Place) => PlaceWriter {
  const { linear } = services.config.config;
  return (place) => {
    if (place.kind === 'linear-issue') {
      return createIssueWriter({ ...services, linear, records }, place);
    }
    if (place.kind === 'linear-session') return createSessionWriter(services, place);
    if (place.kind === 'github-issue') return createGithubIssueWriter(services, place);
    return createCommitWriter(services, place);
  };
}
