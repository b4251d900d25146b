import { html } from 'hono/html';

/** Markup whose parts have been escaped; `html` of hono makes it. */
export type Markup = ReturnType<typeof html>;

/** Of a page that shows work in progress. */
export const workReloadSeconds = 2;

/** Of a page that shows what waits, perhaps for the end of a pause. */
export const waitReloadSeconds = 10;

interface Page {
  title: string;
  /** Name of the stack that the page shows: nobody is to take one for another. Undefined for this machine. */
  stack: string | undefined;
  /** Seconds after which the browser loads it again: it shows what is about to change. Default: never. */
  reloadAfter?: number | undefined;
  body: Markup;
}

/** The frame of every page. Pages run no script. */
export function layout({ body, reloadAfter, stack, title }: Page): Markup {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${
          reloadAfter === undefined
            ? ''
            : html`<meta http-equiv="refresh" content="${reloadAfter}" />`
        }
        <title>${title} · ${stack ?? 'Autonomous CI/CD'}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header>
          <a class="product" href="/">Autonomous CI/CD</a>
          ${stack === undefined ? '' : html`<strong class="stack">${stack}</strong>`}
          <nav>
            <a href="/">Runs</a>
            <a href="/agents">Agents</a>
            <a href="/deliveries">Deliveries</a>
            <a href="/schedules">Schedules</a>
          </nav>
        </header>
        <main>${body}</main>
      </body>
    </html>`;
}
