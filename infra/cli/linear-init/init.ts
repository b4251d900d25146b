import { RequestRejectedError } from '../../../lib/domain/errors.ts';
import { oneLineText } from '../../../lib/domain/plain-text.ts';
import type { ConfiguredComponent } from '../../../lib/domain/dispatch/decision.ts';
import { missingNames } from '../../../lib/domain/same-name.ts';
import { listConfiguredComponents } from '../../../lib/flows/component-analysis/configured-components.ts';
import type { IssueTracker, TrackedIssue } from '../../../lib/ports/issue-tracker.ts';
import type { TrackerAdmin } from '../../../lib/ports/tracker-admin.ts';
import type { LoadedConfig } from '../../../lib/runtime/config.ts';
import { stableId } from '../../../lib/runtime/stable-id.ts';
import { nothingElse } from '../nothing-else.ts';
import { describeIssue, planComponentIssues } from './plan-init.ts';

export interface InitServices {
  tracker: IssueTracker;
  admin: TrackerAdmin;
  /** Name of the installation: part of the ids of what is made. */
  stack: string;
  tell: (line: string) => void;
}

export interface InitResult {
  trackingIssue: string;
  /** Identifiers of the sub-issues, by component. */
  issues: { component: string; identifier: string; created: boolean }[];
}

const call = { urgency: 'answer' } as const;

/**
 * Makes what is missing in Linear: labels, the tracking issue, a sub-issue for each configured component.
 * Run again, it makes nothing twice.
 * @throws RequestRejectedError where the configuration has to say more
 */
export async function initLinear(
  { config, folder }: LoadedConfig,
  services: InitServices,
): Promise<InitResult> {
  const { linear } = config;
  const components = listConfiguredComponents({ config, folder });
  if (components.length === 0) {
    throw new RequestRejectedError('invalid', 'No component is configured yet.');
  }
  const team = await findTeam(linear, services.admin);
  const found = await findTrackingIssue(linear.trackingIssue, team.id, services);
  await createLabels(team.id, [linear.analysisLabel, linear.doneLabel], services);
  await tellMissingStates(team, linear.states, services);
  const tracking = found ?? (await createTrackingIssue(team.id, services));
  const plan = planComponentIssues(components, tracking.children, linear.issues);
  const issues: InitResult['issues'] = [];
  for (const { component, existing, title } of plan) {
    const description = describeIssue(component, linear.analysisLabel);
    const wanted = { component, title, description };
    const made = existing ?? (await createComponentIssue(wanted, { team, tracking, services }));
    issues.push({
      component: component.component,
      identifier: made.identifier,
      created: existing === undefined,
    });
    services.tell(
      `${made.identifier}  ${component.component}  ${existing === undefined ? 'created' : 'is there'}`,
    );
  }
  return { trackingIssue: tracking.identifier, issues };
}

interface Team {
  id: string;
  key: string;
}

async function findTeam(
  { team, trackingIssue }: LoadedConfig['config']['linear'],
  admin: TrackerAdmin,
): Promise<Team> {
  const key = team ?? trackingIssue?.split('-')[0];
  if (key === undefined) {
    const text = "Say in which team: linear: { team: 'ENG' } in cicd.config.ts, or --team ENG.";
    throw new RequestRejectedError('invalid', text);
  }
  const found = await admin.findTeam(key);
  if (found !== undefined) return found;
  const teams = await admin.listTeams();
  const known = teams.map((one) => `${one.key} (${one.name})`).join(', ');
  const text = `There is no team ${key} in Linear that we may see; we see ${known || 'none'}.`;
  throw new RequestRejectedError('not-found', oneLineText(text));
}

async function createLabels(
  teamId: string,
  wanted: readonly (string | undefined)[],
  { admin, stack, tell }: InitServices,
): Promise<void> {
  const names = wanted.filter((name) => name !== undefined);
  const known = await admin.findLabels(teamId, names);
  for (const name of missingNames(names, known)) {
    await admin.createLabel({
      id: stableId(stack, teamId, 'label', name.toLowerCase()),
      teamId,
      name,
    });
    tell(`label “${name}”  created`);
  }
}

/** States are the team's own affair: none is made. */
async function tellMissingStates(
  { id, key }: Team,
  { done, running }: LoadedConfig['config']['linear']['states'],
  { admin, tell }: InitServices,
): Promise<void> {
  const states = await admin.listStates(id);
  const missing = missingNames([running, done], states);
  if (missing.length === 0) return;
  const names = states
    .map(({ name }) => name)
    .toSorted()
    .join(', ');
  tell(
    `The team ${key} has no state “${missing.join('” and “')}”: linear.states can name ${names}.`,
  );
}

interface Tracking {
  id: string;
  identifier: string;
  children: TrackedIssue[];
}

/** The configured one, else the one that an earlier call has made. */
async function findTrackingIssue(
  configured: string | undefined,
  teamId: string,
  { stack, tell, tracker }: InitServices,
): Promise<Tracking | undefined> {
  const wanted = configured ?? trackingIssueId(stack, teamId);
  const found = await tracker.getIssueWithChildren(wanted, nothingElse, call);
  if (found !== undefined) {
    const { issue, children } = found;
    tell(`${issue.identifier}  tracking issue  is there`);
    return { id: issue.id, identifier: issue.identifier, children };
  }
  if (configured === undefined) return undefined;
  const text = `There is no issue ${configured} that we may see: correct linear.trackingIssue.`;
  throw new RequestRejectedError('not-found', text);
}

async function createTrackingIssue(
  teamId: string,
  { admin, stack, tell }: InitServices,
): Promise<Tracking> {
  const { id, identifier } = await admin.createIssue({
    id: trackingIssueId(stack, teamId),
    teamId,
    title: 'Component analysis',
    description: trackingDescription,
  });
  tell(`${identifier}  tracking issue  created`);
  return { id, identifier, children: [] };
}

function trackingIssueId(stack: string, teamId: string): string {
  return stableId(stack, teamId, 'tracking issue');
}

const trackingDescription =
  'Each sub-issue is about one component of a repository. The comment below is kept up to date with what ' +
  'the analyses found.';

interface WantedIssue {
  component: ConfiguredComponent;
  title: string;
  description: string;
}

function createComponentIssue(
  { component: { component, repository }, description, title }: WantedIssue,
  { services, team, tracking }: { services: InitServices; team: Team; tracking: Tracking },
): Promise<{ identifier: string }> {
  const { admin, stack } = services;
  return admin.createIssue({
    id: stableId(stack, tracking.id, 'component', repository, component),
    teamId: team.id,
    parentId: tracking.id,
    title,
    description,
  });
}
