import { html } from 'hono/html';
import { layout, type Markup } from './layout.ts';

/** For a person who followed a link that leads nowhere, or now does not work. */
export function errorPage(message: string, stack?: string): Markup {
  const body = html`<h1>That did not work</h1>
    <p>${message}</p>
    <p><a href="/">All runs</a></p>`;
  return layout({ title: 'Error', stack, body });
}
