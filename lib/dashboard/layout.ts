import { html } from 'hono/html';

/** Markup whose parts have been escaped; `html` of hono makes it. */
export type Markup = ReturnType<typeof html>;

/**
 * The frame of every page. Pages run no script; one that shows work in progress asks the browser to load
 * it again.
 */
export function layout(options: { title: string; reload: boolean; body: Markup }): Markup {
  const { body, reload, title } = options;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${reload ? html`<meta http-equiv="refresh" content="2" />` : ''}
        <title>${title} · Autonomous CI/CD</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <header>
          <a class="product" href="/">Autonomous CI/CD</a>
          <nav>
            <a href="/">Runs</a>
            <a href="/deliveries">Deliveries</a>
            <a href="/schedules">Schedules</a>
          </nav>
        </header>
        <main>${body}</main>
      </body>
    </html>`;
}
