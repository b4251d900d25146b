import { z } from 'zod';

/** What outside asked for a run: where its outcome is answered. */
export const originSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('linear-issue'),
    id: z.string().min(1).max(64),
    /** `ZAM-1084` */
    identifier: z.string().min(1).max(40),
  }),
  /** A session in which somebody has called the agent of the workspace: by delegation or a mention. */
  z.object({
    kind: z.literal('linear-session'),
    id: z.string().min(1).max(64),
    /** Of the issue that it belongs to; null where it belongs to none. */
    identifier: z.string().min(1).max(40).nullable(),
  }),
  z.object({
    kind: z.literal('push'),
    /** `refs/heads/main` */
    ref: z.string().min(1).max(250),
    /** 40 hex digits. */
    commit: z.string().min(1).max(64),
  }),
]);
export type Origin = z.infer<typeof originSchema>;
