import { html, raw } from 'hono/html';
import MarkdownIt from 'markdown-it';
import { drawModules } from '../domain/module-diagram.ts';
import type { Report } from '../domain/report.ts';
import { renderDiagram } from './diagram-picture.ts';
import { findingsList } from './findings-list.ts';
import { layout, type Markup } from './layout.ts';

/** HTML in the Markdown stays text, and nothing in it becomes a link: it quotes the analysed code. */
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
export async function reportPage(report: Report, formatted: string): Promise<Markup> {
  const text = markdown
    .render(formatted)
    .replace(severityWords, '<strong class="severity $1">$1$2</strong>')
    .replace(severityCells, '<td class="severity $1">$1</td>')
    .replaceAll('<table>', '<div class="wide"><table>')
    .replaceAll('</table>', '</table></div>');
  const picture = diagramFence.test(text) ? await renderDiagram(drawModules(report.graph)) : '';
  const body = html`<p class="quiet">
      <a href="/runs/${report.runId}">The run</a> ·
      <a href="/api/runs/${report.runId}/report">JSON</a>
    </p>
    <article>
      ${raw(text.replace(diagramFence, () => `<div class="wide">${picture}</div>`))}
    </article>
    ${findingsList(report.findings)}`;
  return layout({ title: report.component.name, reload: false, body });
}
