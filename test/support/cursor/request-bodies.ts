import { z } from 'zod';

const promptSchema = z.strictObject({
  text: z.string().min(1),
  images: z.array(z.unknown()).max(5).optional(),
});

const modelSchema = z.strictObject({
  id: z.string().min(1),
  params: z.array(z.unknown()).optional(),
});

export const createAgentSchema = z.strictObject({
  prompt: promptSchema,
  agentId: z.string().optional(),
  name: z.string().max(100).optional(),
  model: modelSchema.optional(),
  repos: z
    .array(
      z.strictObject({
        url: z.url({ protocol: /^https?$/ }),
        startingRef: z.string().min(1).optional(),
        prUrl: z.string().optional(),
      }),
    )
    .optional(),
  workOnCurrentBranch: z.boolean().optional(),
  autoCreatePR: z.boolean().optional(),
  skipReviewerRequest: z.boolean().optional(),
  mode: z.enum(['agent', 'plan']).optional(),
});

export const createRunSchema = z.strictObject({
  prompt: promptSchema,
  model: modelSchema.optional(),
  mode: z.enum(['agent', 'plan']).optional(),
});
