import { html } from 'hono/html';
import type { AgentPart } from '../domain/agents/agent-part.ts';
import { categoryNames } from '../domain/category-names.ts';
import type { Report } from '../domain/report.ts';
import { webAddress } from '../domain/web-address.ts';
import type { Markup } from './layout.ts';

/**
 * The pages of agent runs and the pull requests that came of them: a report itself links nothing.
 */
export function agentLinks({ agents }: Report): Markup | string {
  const links = agents.flatMap(linksOf).flatMap(({ address, text }) => {
    const href = webAddress(address);
    return href === null ? [] : [{ href, text }];
  });
  if (links.length === 0) return '';
  return html`<ul class="quiet">
    ${links.map(
      ({ href, text }) => html`<li><a href="${href}" rel="noopener noreferrer">${text}</a></li>`,
    )}
  </ul>`;
}

interface Link {
  text: string;
  address: string | null;
}

function linksOf({ analysis, provider, pullRequests, url }: AgentPart): Link[] {
  const subject = categoryNames[analysis];
  const changes = pullRequests.map(({ title, url: address }) => ({
    text: `Proposed change on ${subject}${title === null ? '' : `: ${title}`}`,
    address,
  }));
  const run = { text: `Agent run on ${subject} at ${provider}`, address: url };
  return [run, ...changes];
}
