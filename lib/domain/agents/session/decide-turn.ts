import { componentNames, listComponentsIn } from '../../dispatch/component-names.ts';
import type { ConfiguredComponent, DispatchContext } from '../../dispatch/decision.ts';
import { componentOfIssue } from '../../dispatch/issue-component.ts';
import type { SessionAnalysis, SessionDecision, SessionSituation } from './situation.ts';
import { asksToStop } from './stop.ts';

type Context = Pick<DispatchContext, 'componentOfIssue' | 'components'>;

/**
 * What a session asks for. Whatever else is written in it, it chooses nothing but one of the configured
 * components.
 */
export function decideTurn(situation: SessionSituation, context: Context): SessionDecision {
  const { analyses, pausedSince, prompt } = situation;
  if (prompt !== null && asksToStop(prompt)) return { kind: 'stop' };
  if (context.components.length === 0) return { kind: 'nothing-configured' };
  if (pausedSince !== null) return { kind: 'paused', since: pausedSince };

  const meant = listMeant(situation, context);
  const underWay = analyses.filter(({ isUnderWay }) => isUnderWay);
  const [component, ...others] = meant;
  if (component === undefined && underWay.length > 0) return { kind: 'busy', analyses: underWay };
  if (component === undefined || others.length > 0) {
    const known = componentNames(context.components);
    return { kind: 'unclear', named: namesOf(meant, context), known };
  }
  const same = underWay.filter((analysis) => isAbout(analysis, component));
  if (same.length > 0) return { kind: 'busy', analyses: same };
  return { kind: 'start', component, beside: underWay };
}

/** What was said last counts before what the session was begun with. */
function listMeant(
  { analyses, opening, prompt }: SessionSituation,
  context: Context,
): ConfiguredComponent[] {
  if (prompt === null) return listOpened(opening, context);
  const named = listComponentsIn(prompt.body, context.components);
  if (named.length > 0) return named;
  const last = analyses.at(-1);
  // Nobody has answered yet what it was begun with.
  if (last === undefined) return listOpened(opening, context);
  if (!asksAgain(prompt.body)) return [];
  return context.components.filter((component) => isAbout(last, component));
}

function listOpened(
  { comment, issue }: SessionSituation['opening'],
  context: Context,
): ConfiguredComponent[] {
  const named = listComponentsIn(comment, context.components);
  if (named.length > 0) return named;
  const configured = issue === null ? undefined : componentOfIssue(issue, context);
  if (configured !== undefined) return [configured];
  return issue === null ? [] : listComponentsIn(issue.title, context.components);
}

function asksAgain(text: string): boolean {
  return /\b(?:again|retry|re-?run|repeat|once more)\b/i.test(text);
}

function isAbout(analysis: SessionAnalysis, component: ConfiguredComponent): boolean {
  return analysis.repository === component.repository && analysis.component === component.component;
}

function namesOf(meant: readonly ConfiguredComponent[], { components }: Context): string[] {
  const names = componentNames(components);
  return components.flatMap((component, index) =>
    meant.includes(component) ? [names[index] ?? component.component] : [],
  );
}
