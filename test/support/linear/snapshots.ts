import { demandIssue } from './people.ts';
import { identifierOf, stateOf, type LinearWorld } from './world.ts';

/** An issue as a person sees it. */
export interface IssueSnapshot {
  id: string;
  identifier: string;
  title: string;
  description: string | null;
  /** Name of the state. */
  state: string;
  /** Names. */
  labels: string[];
  /** Oldest first. */
  comments: { id: string; body: string; author: string }[];
  attachments: { url: string; title: string; subtitle: string | null }[];
  /** Identifier of the issue that it is a part of. */
  parent: string | null;
  updatedAt: string;
}

export function issueSnapshot(world: LinearWorld, wanted: string): IssueSnapshot {
  const issue = demandIssue(world, wanted);
  const parent = world.issues.find(({ id }) => id === issue.parentId);
  return {
    id: issue.id,
    identifier: identifierOf(world, issue),
    title: issue.title,
    description: issue.description,
    state: stateOf(world, issue).name,
    labels: issue.labelIds.flatMap(
      (labelId) => world.labels.find(({ id }) => id === labelId)?.name ?? [],
    ),
    comments: world.comments
      .filter(({ issueId }) => issueId === issue.id)
      .map(({ id, body, author }) => ({ id, body, author: author.name })),
    attachments: world.attachments
      .filter(({ issueId }) => issueId === issue.id)
      .map(({ url, title, subtitle }) => ({ url, title, subtitle })),
    parent: parent === undefined ? null : identifierOf(world, parent),
    updatedAt: issue.updatedAt,
  };
}
