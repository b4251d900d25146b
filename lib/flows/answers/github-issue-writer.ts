import type { Place } from '../../domain/answers/place.ts';
import { stableId } from '../../runtime/stable-id.ts';
import { whyNoCodeHost, type CodeHostServices } from './code-host-services.ts';
import { shown, type PlaceWriter } from './place-writer.ts';

export type GithubIssuePlace = Extract<Place, { kind: 'github-issue' }>;

export interface GithubIssueServices extends CodeHostServices {
  /** Name of the installation: two of them do not share an issue. */
  stack: string;
}

/**
 * Answers in an issue on GitHub that stands for a component: open as long as there is something of low
 * severity or above. It shows reports only: a run that has failed leaves the last one standing.
 */
export function createGithubIssueWriter(
  { codeHost, stack }: GithubIssueServices,
  { component, repository }: GithubIssuePlace,
): PlaceWriter {
  return {
    whyNot: () => whyNoCodeHost(codeHost),

    begin: async () => shown,

    async finish(_kept, outcome) {
      if (outcome.kind === 'failed') return shown;
      const { check, hasFindings } = outcome.answer;
      await codeHost.putIssue({
        repository,
        marker: `cicd:${stableId('component issue', stack, repository.toLowerCase(), component)}`,
        title: `Component analysis of ${component}`,
        body: check.summary,
        open: hasFindings,
      });
      return shown;
    },
  };
}
