import { html, raw } from 'hono/html';
import MarkdownIt from 'markdown-it';
import { drawModules } from '../domain/module-diagram.ts';
import type { Report, RunReport } from '../domain/report.ts';
import { agentLinks } from './agent-links.ts';
import { renderDiagram } from './diagram-picture.ts';
import { findingsList } from './findings-list.ts';
import { layout, type Markup } from './layout.ts';

/**
 * HTML in the Markdown stays text, and nothing in it becomes a link: it quotes the analysed code.
 */
const markdown = new MarkdownIt({ html: false, linkify: false }).disable([
  'link',
  'image',
  'autolink',
]);

const diagramFence = /<pre><code class="language-mermaid">[\s\S]*?<\/code><\/pre>/;
const severityCells = /<td>(critical|high|medium)<\/td>/g;
const severityWords = /<strong>(critical|high|medium)(, new)?<\/strong>/g;

/**
 * The report for people, with the module graph as a picture.
 * @param formatted the report as Markdown
 */
export async function reportPage(
  report: RunReport,
  formatted: string,
  stack?: string,
): Promise<Markup> {
  const text = toHtml(formatted);
  const body = html`<p class="quiet">
      <a href="/runs/${report.runId}">The run</a> ·
      <a href="/api/runs/${report.runId}/report">JSON</a>
    </p>
    ${'kind' in report ? html`<article>${raw(text)}</article>` : await analysis(report, text)}`;
  const title = 'kind' in report ? 'No component' : report.component.name;
  return layout({ title, stack, body });
}

function toHtml(formatted: string): string {
  return markdown
    .render(formatted)
    .replace(severityWords, '<strong class="severity $1">$1$2</strong>')
    .replace(severityCells, '<td class="severity $1">$1</td>')
    .replaceAll('<table>', '<div class="wide"><table>')
    .replaceAll('</table>', '</table></div>');
}

async function analysis(report: Report, text: string): Promise<Markup> {
  const { findings, graph } = report;
  const picture = diagramFence.test(text) ? await renderDiagram(drawModules(graph)) : '';
  return html`${agentLinks(report)}
    <article>
      ${raw(text.replace(diagramFence, () => `<div class="wide">${picture}</div>`))}
    </article>
    ${findingsList(findings)}`;
}
