import type { AgentPart } from '../../../domain/agents/agent-part.ts';
import { categoryTitles } from '../../../domain/category-names.ts';
import type { Report } from '../../../domain/report.ts';
import { formatAgent, formatAgentPlace, formatDropped } from './agent-words.ts';
import { code, escapeParagraph, escapeText, paragraphsOf, quoted } from './markdown-text.ts';

const checked = 'Of what they say, only that the places exist was checked.';
const prefaces = {
  all: `Coding agents were asked as well. ${checked}`,
  some: `Coding agents were asked as well, not for everything. ${checked}`,
  none: 'Coding agents were wanted, and none was asked.',
};

/**
 * What agents add, in full. Addresses stand as text: the page links nothing that stands in a
 * report.
 */
export function formatAgents({ agents }: Report): string {
  if (agents.length === 0) return '';
  return ['## What agents add', prefaceOf(agents), ...agents.map(formatPart)].join('\n\n');
}

function prefaceOf(agents: readonly AgentPart[]): string {
  const asked = agents.filter(({ attempts }) => attempts > 0);
  if (asked.length === 0) return prefaces.none;
  return asked.length < agents.length ? prefaces.some : prefaces.all;
}

function formatPart(part: AgentPart): string {
  const sections = [
    `### ${categoryTitles[part.analysis]}, by an agent`,
    [formatAgent(part), ...(part.url === null ? [] : [code(part.url)])].join(' · '),
    quoted(paragraphsOf(part.summary)),
    ...part.findings.map(formatFinding),
    formatDropped(part),
    part.pullRequests.map(formatPullRequest).join('\n'),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function formatFinding(finding: AgentPart['findings'][number]): string {
  const detail = paragraphsOf(finding.detail).map((text) => `\n\n  ${escapeParagraph(text)}`);
  return `- ${formatAgentPlace(finding)} — ${escapeText(finding.title)}${detail.join('')}`;
}

function formatPullRequest({ title, url }: AgentPart['pullRequests'][number]): string {
  const shown = title === null ? '' : ` — ${escapeText(title)}`;
  return `- Proposed change: ${code(url)}${shown}`;
}
