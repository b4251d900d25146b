import { autonomousCicd } from '../lib/flows/autonomous-cicd/run.ts';

/** Works off what was missed, hangs or has failed, every quarter of an hour. */
export const handler = autonomousCicd.handler(async () => ({}));
