import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

export interface AwsProcess {
  /** By which a function reaches it, with the credentials of a role. */
  environment: Record<string, string>;
  stop(): Promise<void>;
}

/** AWS in a process of its own, so that it does not work in the time of those that are measured. */
export async function startAwsProcess(): Promise<AwsProcess> {
  const child = fork(fileURLToPath(new URL('serve-aws.ts', import.meta.url)));
  const exited = once(child, 'exit');
  const [message] = await Promise.race([
    once(child, 'message'),
    exited.then(() => Promise.reject(new Error('The AWS server did not start'))),
  ]);
  return {
    environment: z.record(z.string(), z.string()).parse(message),
    stop: async () => {
      child.disconnect();
      await exited;
    },
  };
}
