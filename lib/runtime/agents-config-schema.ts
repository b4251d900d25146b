import { z } from 'zod';
import { agentProviderNames } from '../domain/agents/agent-run.ts';
import { secretNames } from '../domain/secret-names.ts';

const ownSecrets: ReadonlySet<string> = new Set(
  secretNames.flatMap((name) => [name, `${name}_PREVIOUS`]),
);

/** Names of environment variables that an agent's command may see. */
const variableNameSchema = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'must be the name of an environment variable')
  .refine((name) => !ownSecrets.has(name), 'is a secret of the system: no agent gets it');

/** How often a hosted provider is asked, all processes together. */
const rates = {
  /** New agent runs a minute. Default: 10, which is what Codegen takes; more only for whoever was granted more. */
  creationsPerMinute: z.int().min(1).max(1_000).default(10),
  /** Other requests within 30 s. Default: 60, as above. */
  requestsPer30Seconds: z.int().min(1).max(10_000).default(60),
};

/** Coding agents. */
export const agentsSchema = z
  .strictObject({
    /**
     * Who is asked. `codegen` and `cursor` are hosted, and asked once their secrets are set; `command` is a command
     * line of your own, on the local host only. `none`: reports hold what linters and parsers find. Default: codegen.
     */
    provider: z.enum(['none', ...agentProviderNames]).default('codegen'),
    /**
     * Agents may change code: their changes come as a pull request, which people review. Default: false, they are to
     * answer only. That is enforced for `command`, whose changes are handed in by nobody. A hosted agent is asked to
     * keep to it, and can do what its vendor's app may do: give that no more than read access.
     */
    mayChangeCode: z.boolean().default(false),
    /** Minutes after which an agent run counts as timed out. Default: 60. */
    deadlineMinutes: z.int().min(1).max(600).default(60),
    /** What agents may cost. All are enforced before an agent run is started. */
    budget: z
      .strictObject({
        /** Agent runs at the same time; others wait. Default: 2. */
        concurrent: z.int().min(1).max(100).default(2),
        /** The same for each repository. Default: 2. */
        concurrentPerRepository: z.int().min(1).max(100).default(2),
        /** Starts within a minute; others wait. Default: 10. */
        startsPerMinute: z.int().min(1).max(100).default(10),
        /** Starts within 24 hours. An analysis asks 3 agents, or is made up for when there is room. Default: 20. */
        startsPerDay: z.int().min(0).max(1_000).default(20),
        /** The same for each repository. Default: 20. */
        startsPerDayPerRepository: z.int().min(0).max(1_000).default(20),
        /** Starts for one cause and analysis within 24 hours. Default: 3. */
        attemptsPerCause: z.int().min(1).max(20).default(3),
      })
      .prefault({}),
    codegen: z
      .strictObject({
        /** Repositories, each with the number that Codegen gives it. Default: it is looked up by name. */
        repositories: z.record(z.string(), z.int().min(1)).default({}),
        /** Default: Codegen's own choice. */
        model: z.string().min(1).max(200).optional(),
        agentType: z.enum(['codegen', 'claude_code']).optional(),
        ...rates,
      })
      .prefault({}),
    cursor: z
      .strictObject({
        /** Default: Cursor's own choice. */
        model: z.string().min(1).max(200).optional(),
        ...rates,
      })
      .prefault({}),
    command: z
      .strictObject({
        /**
         * Program and arguments of a coding agent that takes its prompt on standard input and answers on standard
         * output: `['claude', '-p']`. Needed for the provider `command`.
         */
        run: z.array(z.string().min(1)).min(1).max(100).optional(),
        /**
         * Environment variables of the host that it may see, beside PATH, HOME and the language. In what it prints,
         * their names stand for values of 8 characters or more. Not the system's own secrets. Default: none.
         */
        environment: z.array(variableNameSchema).max(50).default([]),
        /** Megabytes of output, as it is written down, after which it is ended. Default: 8. */
        outputMegabytes: z.int().min(1).max(100).default(8),
      })
      .prefault({}),
  })
  .superRefine(({ command, provider }, context) => {
    if (provider !== 'command' || command.run !== undefined) return;
    const message = "needs the command line of the agent: ['claude', '-p']";
    context.addIssue({ code: 'custom', path: ['command', 'run'], message });
  })
  .prefault({});
