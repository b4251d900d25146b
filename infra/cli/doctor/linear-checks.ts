import { missingNames } from '../../../lib/domain/same-name.ts';
import type { TrackerAdmin, TrackerIdentity } from '../../../lib/ports/tracker-admin.ts';
import type { IssueTracker } from '../../../lib/ports/issue-tracker.ts';
import type { Config } from '../../../lib/runtime/config-schema.ts';
import { nothingElse } from '../nothing-else.ts';
import type { OpenOutside } from '../desks/open-outside.ts';
import { checkLinearWebhooks } from '../webhooks/check-webhooks.ts';
import { ok, off, orFailure, problem, warning, type CheckLine } from './check-line.ts';
import { formatQuota, isLow, joinDetails } from './quota.ts';

const credentials = { area: 'Credentials', subject: 'Linear' } as const;

/** Who we are in Linear, whether what the configuration names is there, and how the webhooks are. */
export async function checkLinear(
  outside: Pick<OpenOutside, 'installation' | 'linear' | 'secrets' | 'secretsPlace' | 'webhookUrl'>,
  { linear: config }: Config,
): Promise<CheckLine[]> {
  const { admin, tracker } = outside.linear;
  // Credentials that are not accepted are one problem, not one for each question.
  return orFailure(credentials, async () => {
    if (!(await tracker.isConfigured())) return [notConfigured(config, outside.secretsPlace)];
    const identity = await admin.whoAmI();
    const found = await Promise.all([
      checkTrackingIssue(tracker, config),
      checkTeam(admin, config),
      checkLinearWebhooks(outside, outside.webhookUrl),
    ]);
    return [judgeIdentity(identity), ...found.flat()];
  });
}

function notConfigured({ trackingIssue }: Config['linear'], secretsPlace: string): CheckLine {
  const detail = 'no credentials: issues get no answers';
  if (trackingIssue === undefined) return off(credentials, detail);
  const names = 'LINEAR_API_KEY, or LINEAR_CLIENT_ID and LINEAR_CLIENT_SECRET';
  const advice = `set ${names}, in ${secretsPlace}`;
  return problem(credentials, detail, advice);
}

function judgeIdentity({ isAdmin, isApp, name, quota, workspace }: TrackerIdentity): CheckLine {
  const role = isAdmin ? 'administrator' : 'no administrator';
  const who = isApp ? `app ${name} in ${workspace}` : `key of ${name} (${role}) in ${workspace}`;
  const detail = joinDetails([who, formatQuota(quota)]);
  if (quota === null || !isLow(quota)) return ok(credentials, detail);
  return warning(credentials, detail, 'wait: only final answers are written until the reset');
}

async function checkTrackingIssue(
  tracker: IssueTracker,
  { trackingIssue }: Config['linear'],
): Promise<CheckLine[]> {
  if (trackingIssue === undefined) return [];
  const place = { area: 'Linear', subject: `tracking issue ${trackingIssue}` } as const;
  return orFailure(place, async () => {
    const call = { urgency: 'answer' } as const;
    const found = await tracker.getIssueWithChildren(trackingIssue, nothingElse, call);
    if (found === undefined) {
      return [
        problem(place, 'cannot be seen', 'correct linear.trackingIssue, or give us its team'),
      ];
    }
    return [ok(place, `${found.issue.title} · ${found.children.length} sub-issues`)];
  });
}

/** Names that the configuration uses have to exist in the team. */
async function checkTeam(admin: TrackerAdmin, config: Config['linear']): Promise<CheckLine[]> {
  const key = config.team ?? config.trackingIssue?.split('-')[0];
  if (key === undefined) return [];
  const place = { area: 'Linear', subject: `team ${key}` } as const;
  return orFailure(place, async () => {
    const team = await admin.findTeam(key);
    if (team === undefined) {
      return [problem(place, 'cannot be seen', 'correct linear.team, or give us access to it')];
    }
    const states = await admin.listStates(team.id);
    const wantedLabels = [config.analysisLabel, config.doneLabel].filter(
      (name) => name !== undefined,
    );
    const labels = await admin.findLabels(team.id, wantedLabels);
    const missing = [
      ...missingNames([config.states.running, config.states.done], states).map(
        (name) => `state “${name}”`,
      ),
      ...missingNames(wantedLabels, labels).map((name) => `label “${name}”`),
    ];
    if (missing.length === 0) return [ok(place, `${team.name}: its states and labels are there`)];
    const advice = 'run cicd linear init for labels; correct linear.states for states';
    return [warning(place, `missing: ${missing.join(', ')}`, advice)];
  });
}
