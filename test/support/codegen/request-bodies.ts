import { z } from 'zod';

/** Ten million characters are more than any prompt, and what the service would take. */
const promptSchema = z.string().min(1).max(10_000_000);

export const createAgentRunSchema = z.strictObject({
  prompt: promptSchema,
  images: z.array(z.string().startsWith('data:')).optional(),
  metadata: z.record(z.string(), z.unknown()).optional(),
  repo_id: z.int().optional(),
  model: z.string().optional(),
  agent_type: z.enum(['codegen', 'claude_code']).optional(),
});

export const resumeAgentRunSchema = z.strictObject({
  agent_run_id: z.int(),
  prompt: promptSchema,
  images: z.array(z.string().startsWith('data:')).optional(),
});

const skipSchema = z.coerce.number().int().min(0).default(0);
const limitSchema = z.coerce.number().int().min(1).max(100).default(100);

export const pageQuerySchema = z.strictObject({ skip: skipSchema, limit: limitSchema });

export const runsQuerySchema = z.strictObject({
  skip: skipSchema,
  limit: limitSchema,
  user_id: z.coerce.number().int().optional(),
  source_type: z
    .enum([
      'LOCAL',
      'SLACK',
      'GITHUB',
      'GITHUB_CHECK_SUITE',
      'GITHUB_PR_REVIEW',
      'LINEAR',
      'API',
      'CHAT',
      'JIRA',
      'CLICKUP',
      'MONDAY',
      'SETUP_COMMANDS',
    ])
    .optional(),
});

export const logsQuerySchema = z.strictObject({
  skip: skipSchema,
  limit: limitSchema,
  reverse: z.enum(['true', 'false']).optional(),
});
