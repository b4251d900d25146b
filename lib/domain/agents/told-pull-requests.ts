import { oneLineText, shorten } from '../plain-text.ts';
import { webAddress } from '../web-address.ts';
import type { AgentPullRequest } from './agent-run.ts';

/** What a service tells of a pull request: texts of any length, which may hold anything. */
export interface ToldPullRequest {
  url: string | null;
  title: string | null;
  branch: string | null;
}

const longestTitle = 200;
/** Git's own limit, of a part of a name. */
const longestBranch = 255;

/** As they may be kept and shown. One without an address of the web is left out. */
export function readPullRequests(told: readonly ToldPullRequest[]): AgentPullRequest[] {
  return told.flatMap(({ branch, title, url }) => {
    const address = webAddress(url);
    if (address === null) return [];
    return [
      { url: address, title: line(title, longestTitle), branch: line(branch, longestBranch) },
    ];
  });
}

function line(text: string | null, characters: number): string | null {
  // Before anything else is done with a text of any length.
  return text && shorten(oneLineText(text.slice(0, 4 * characters)), characters);
}
