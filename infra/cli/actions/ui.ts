import { listen } from '../../local/http/server.ts';
import { exitCodes, WrongUseError } from '../exit-codes.ts';
import type { CommonOptions } from '../options.ts';
import { loadSettings } from '../settings.ts';
import { print } from '../output.ts';
import { runPlace } from '../desks/run-place.ts';
import { untilAskedToStop } from '../shutdown.ts';

const ofThisMachine =
  'The pages of this machine are part of its host: npm start. For those of a stack, add --stack NAME.';

export interface PagesOptions extends CommonOptions {
  port?: number;
}

/** With the operator's own rights: nothing of the stack is public. */
export async function showPages(options: PagesOptions): Promise<void> {
  const { stack } = options;
  if (stack === undefined) throw new WrongUseError(ofThisMachine);
  const settings = await loadSettings(options);
  const asked = untilAskedToStop(exitCodes.done);
  // Nobody else is to wait until the SDK of AWS is loaded.
  const { createStackPages } = await import('../stack/stack-pages.ts');
  const port = options.port ?? settings.config.config.host.port;
  const place = runPlace(stack);
  const server = await listen(await createStackPages(settings, stack), {
    port,
    command: `cicd ui${place.option}`,
  });
  await print(`${place.name}: http://localhost:${server.port} (Ctrl-C ends it)`);
  await asked;
  await server.close();
}
