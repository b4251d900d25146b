import type { AgentPart } from '../../../domain/agents/agent-part.ts';
import { categoryTitles } from '../../../domain/category-names.ts';
import { shorten } from '../../../domain/plain-text.ts';
import type { Report } from '../../../domain/report.ts';
import { formatAgent, formatAgentPlace, formatDropped } from './agent-words.ts';
import type { Section } from './fit-sections.ts';
import { escapeText, link, quoted } from './markdown-text.ts';

const findingsShown = 5;
const longestSummary = 600;
const longestDetail = 300;
const pullRequestsShown = 3;

/** What agents add, shortly: a section an analysis. The whole of it is in the full report. */
export function agentSections({ agents }: Report): Section[] {
  return agents.map((part, index) => {
    const { head, ...lines } = agentSection(part);
    return { ...lines, head: index === 0 ? `#### What agents add\n\n${head}` : head };
  });
}

function agentSection(part: AgentPart): Section {
  const parts = [formatWho(part), formatSummary(part), formatPullRequests(part)];
  const head = parts.filter((text) => text !== '').join('\n\n');
  const { findings } = part;
  if (findings.length === 0) return { head };
  const lines = findings.slice(0, findingsShown).map(formatFinding);
  return { head: `${head}\n`, lines, total: findings.length };
}

/** `**Architecture** · Codegen gave no answer, 3 minutes — why · agent run · 1 finding left out` */
function formatWho(part: AgentPart): string {
  const dropped = formatDropped(part);
  return [
    `**${categoryTitles[part.analysis]}** · ${formatAgent(part)}`,
    ...(part.url === null ? [] : [link('agent run', part.url)]),
    ...(dropped === '' ? [] : [dropped]),
  ].join(' · ');
}

function formatSummary({ summary }: AgentPart): string {
  return quoted([shorten(summary, longestSummary)]);
}

function formatPullRequests({ pullRequests }: AgentPart): string {
  const shown = pullRequests
    .slice(0, pullRequestsShown)
    .map(({ title, url }) => link(escapeText(title ?? url), url));
  return shown.length === 0 ? '' : `Proposed changes: ${shown.join(', ')}`;
}

function formatFinding(finding: AgentPart['findings'][number]): string {
  const { detail, title } = finding;
  const more = detail === '' ? '' : ` ${escapeText(shorten(detail, longestDetail))}`;
  return `- ${formatAgentPlace(finding)} — ${escapeText(title)}${more}`;
}
