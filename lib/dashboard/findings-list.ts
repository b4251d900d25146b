import { html } from 'hono/html';
import { severities, type Finding } from '../domain/finding.ts';
import type { Markup } from './layout.ts';

/** Every finding, a fold a rule, most serious first. */
export function findingsList(findings: readonly Finding[]): Markup {
  const groups = [...Map.groupBy(findings, ({ rule, severity }) => `${severity} ${rule}`).values()];
  const ordered = groups.toSorted((a, b) => rankOf(a) - rankOf(b) || b.length - a.length);
  return html`<section>
    <h2>All findings</h2>
    ${ordered.map(fold)}
  </section>`;
}

/** The findings of a group share their severity. */
function rankOf([first]: readonly Finding[]): number {
  return first === undefined ? severities.length : severities.indexOf(first.severity);
}

function fold(group: readonly Finding[]): Markup {
  const [first] = group;
  return html`<details>
    <summary>
      <span class="severity ${first?.severity}">${first?.severity}</span>
      ${first?.rule.replaceAll('-', ' ')} (${group.length})
    </summary>
    <ul>
      ${group.map(
        ({ line, message, path }) =>
          html`<li>
            <code>${path}:${line}</code>
            ${message}
          </li>`,
      )}
    </ul>
  </details>`;
}
