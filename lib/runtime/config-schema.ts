import { z } from 'zod';
import { githubSourceSchema, githubSourceWord } from '../domain/source.ts';
import { agentsSchema } from './agents-config-schema.ts';
import { awsSchema } from './aws-config-schema.ts';

const loopbackHosts = new Set(['localhost', '127.0.0.1', '[::1]']);

function isSafeAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname } = new URL(value);
  return protocol === 'https:' || (protocol === 'http:' && loopbackHosts.has(hostname));
}

/** What leaves the machine is encrypted. */
export const outsideAddressSchema = z
  .string()
  .refine(isSafeAddress, 'must be an https:// address (http:// only for localhost)');

const nameSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]*$/, 'must be letters, digits and . _ / - only');

const issueIdentifierSchema = z.string().regex(/^[A-Z][A-Z0-9]*-\d+$/, 'must look like ENG-7');

const globSchema = z
  .string()
  .min(1, 'must not be empty')
  .refine(
    (glob) => !glob.startsWith('/') && !glob.split('/').includes('..'),
    'must lie inside the source: no leading / and no ..',
  )
  .refine((glob) => !glob.startsWith('!'), 'must say what belongs to it: no leading !');

const comparableSchema = z.object({
  agentInstructions: z.looseObject({}),
  components: z.looseObject({}),
  name: z.string(),
  source: z.string(),
});

/** Fields are compared with each other also where others are wrong: people are told all of it at once. */
const whereComparable = {
  when: ({ value }: { value: unknown }) => comparableSchema.safeParse(value).success,
};

const repositorySchema = z
  .strictObject({
    /** `owner/name` on GitHub, or any name of your own for a folder. */
    name: nameSchema,
    /**
     * `github`: the repository of this name on GitHub. Anything else is a folder: absolute, or relative to
     * the configuration file. Default: the file's own folder.
     */
    source: z.string().min(1).default('.'),
    /** With the source `github`, the branch, tag or commit to analyse. Default: the default branch. */
    ref: githubSourceSchema.shape.ref.unwrap().optional(),
    /**
     * Where GitHub shows the outcome of an analysis: as a commit status, as a check run (needs a GitHub App), or
     * as an issue of the repository, one a component. Default: nowhere. The first two go with the source `github`
     * only: a folder may hold what no commit does. An analysis of other paths or another ref than are configured
     * here is not shown.
     */
    githubReport: z.enum(['none', 'commit-status', 'check-run', 'issue']).default('none'),
    /** Component names, each with its globs relative to the source. A folder stands for all below it. */
    components: z
      .record(nameSchema, z.array(globSchema).min(1, 'needs at least one glob'))
      .refine((components) => Object.keys(components).length > 0, 'needs at least one component'),
    /**
     * Analyse the components that a push to the default branch touches, or to the branch that is `ref`.
     * Default: false.
     */
    analyseOnPush: z.boolean().default(false),
    /** What coding agents are told beside their task, by the name of the component. Default: nothing. */
    agentInstructions: z.record(nameSchema, z.string().min(1).max(4_000)).default({}),
  })
  .superRefine(({ agentInstructions, components, githubReport, name, ref, source }, context) => {
    for (const component of Object.keys(agentInstructions)) {
      if (Object.hasOwn(components, component)) continue;
      const message = 'is no component of this repository';
      context.addIssue({ code: 'custom', path: ['agentInstructions', component], message });
    }
    const needsName = source === githubSourceWord || githubReport !== 'none';
    if (needsName && !githubSourceSchema.shape.repository.safeParse(name).success) {
      context.addIssue({ code: 'custom', path: ['name'], message: 'must be OWNER/NAME on GitHub' });
    }
    const isAtCommit = githubReport === 'commit-status' || githubReport === 'check-run';
    if (isAtCommit && source !== githubSourceWord) {
      const message = `'${githubReport}' goes with source: '${githubSourceWord}' only`;
      context.addIssue({ code: 'custom', path: ['githubReport'], message });
    }
    if (ref !== undefined && source !== githubSourceWord) {
      const message = `goes with source: '${githubSourceWord}' only`;
      context.addIssue({ code: 'custom', path: ['ref'], message });
    }
  }, whereComparable);

const scheduleSchema = (everyMinutes: number) =>
  z
    .strictObject({
      /** False: never. To stop it for a while, pause it. Default: true. */
      enabled: z.boolean().default(true),
      /** Whole minutes, a day at most. Ticks fall on multiples of it since 1970 UTC: 15 means :00, :15, … */
      everyMinutes: z.int().min(1).max(1_440).default(everyMinutes),
    })
    .prefault({});

const share = (value: number) => z.number().gt(0).max(1).default(value);

export const configSchema = z.strictObject({
  /** What is looked after. Default: nothing. */
  repositories: z.array(repositorySchema).default([]),
  /** Analyse every configured component once when the host first starts. Default: true. */
  analyseOnFirstStart: z.boolean().default(true),
  /** The local host. */
  host: z
    .strictObject({
      /** Port on the loopback address. Default: 4200. */
      port: z.int().min(0).max(65_535).default(4200),
      /**
       * Where the webhooks of GitHub and Linear reach the host, without a path: the address of the tunnel.
       * `cicd webhooks register` uses it. Default: none.
       */
      webhookUrl: outsideAddressSchema.optional(),
      /**
       * Start of the links to pages in comments, checks and attachments. Default: `http://localhost:PORT`, which
       * works on this machine only, or, of a stack, where `cicd ui --stack NAME` shows its pages.
       */
      linkUrl: outsideAddressSchema.optional(),
    })
    .prefault({}),
  /** What of Linear is listened to, and how it is answered. */
  linear: z
    .strictObject({
      /** An issue with this label asks for an analysis. Default: component-analysis. */
      analysisLabel: z.string().min(1).default('component-analysis'),
      /**
       * Issue identifiers, each with the component that it is about: `{ 'ENG-7': 'lib' }`, or
       * `'acme/shop/lib'` where several repositories have a component of this name. Without an entry the
       * title of the issue says it. Default: none.
       */
      issues: z.record(issueIdentifierSchema, z.string()).default({}),
      /**
       * The issue with the progress table, whose sub-issues are about one component each. `cicd linear init` makes
       * them. Default: none.
       */
      trackingIssue: issueIdentifierSchema.optional(),
      /** Key of the team in which `cicd linear init` makes issues: `ENG`. Default: the tracking issue's. */
      team: z
        .string()
        .regex(/^[A-Z][A-Z0-9]*$/, 'must look like ENG')
        .optional(),
      /** Where an issue is moved, by the names that its team gives to its states. */
      states: z
        .strictObject({
          /** While an analysis of it runs; null leaves it where it is. Default: In Progress. */
          running: z.string().min(1).nullable().default('In Progress'),
          /** Once it has its report; null moves it back to where it was. Default: null. */
          done: z.string().min(1).nullable().default(null),
        })
        .prefault({}),
      /** A label that an issue gets together with its report. Default: none. */
      doneLabel: z.string().min(1).optional(),
    })
    .prefault({}),
  /** Flows that run at intervals, by their names. */
  schedules: z
    .strictObject({
      /** Works off what was missed or has failed. Default: every 15 minutes. */
      'autonomous-cicd': scheduleSchema(15),
      /** Looks after the system itself. Default: every 5 minutes. */
      'system-health': scheduleSchema(5),
    })
    .prefault({}),
  /** Above which share the system counts as unwell. */
  health: z
    .strictObject({
      /** Of all cores. Default: 0.8. */
      cpu: share(0.8),
      /** Default: 0.8. */
      memory: share(0.8),
      /** Of the file system that holds the data folder. Default: 0.9. */
      disk: share(0.9),
      /** Of a flow's latest runs. Default: 0.1. */
      failureRate: share(0.1),
    })
    .prefault({}),
  /** Limits on runs. */
  runs: z
    .strictObject({
      /** Runs that work at the same time; waiting ones do not count. Default: 8. */
      concurrency: z.int().min(1).max(1_000).default(8),
      /** Component analyses that work at the same time. Default: 2. */
      concurrentAnalyses: z.int().min(1).max(100).default(2),
      /** Days for which ended runs, their logs and their reports are kept. Default: 14. */
      retentionDays: z.int().min(1).max(3_650).default(14),
    })
    .prefault({}),
  agents: agentsSchema,
  /** Stacks on AWS. */
  aws: awsSchema,
});

/** As written in `cicd.config.ts`: everything with a default may be left out. */
export type ConfigInput = z.input<typeof configSchema>;
/** As used: complete. */
export type Config = z.output<typeof configSchema>;
