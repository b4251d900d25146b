import { z } from 'zod';
import { flow } from '../../runtime/flow.ts';

export const autonomousCicd = flow({
  name: 'autonomous-cicd',
  input: z.strictObject({}),
  executionTimeoutSeconds: 840,
  run: async () => null,
});
