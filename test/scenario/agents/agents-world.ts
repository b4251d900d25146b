import { onTestFinished } from 'vitest';
import type { RunDetail } from '../../../lib/domain/run.ts';
import { reportSchema, type Report } from '../../../lib/domain/report.ts';
import type { ConfigInput } from '../../../lib/runtime/config-schema.ts';
import { answerTo, type WrittenAnswer } from '../../builders/agent-answers.ts';
import { startCodegenServer, type CodegenServer } from '../../support/codegen/codegen-server.ts';
import type { Behaviour, FakeAgentRun } from '../../support/codegen/fake-agent-runs.ts';
import type { RunningHost } from '../../support/start-host.ts';
import { untilAllAnalysed } from '../story/fault-runs.ts';
import {
  createStoryWorld,
  deliver,
  type StoryOptions,
  type StoryWorld,
} from '../story/story-world.ts';

/** A team whose analyses are asked of agents at Codegen as well. */
export interface AgentsWorld extends StoryWorld {
  codegen: CodegenServer;
  /** Agent runs at Codegen that were asked about the component, oldest first. */
  agentRunsOf: (component: string) => FakeAgentRun[];
  /** Identifier of the issue that asks for the component. */
  issueOf: (component: string) => string;
  /** Has every component analysed, as people do; all analyses, each to its end. */
  analyseAll: (host: RunningHost) => Promise<RunDetail[]>;
}

export interface AgentsOptions extends Pick<StoryOptions, 'environment' | 'files'> {
  /** Each in a repository of its own of the same name. Default: `orders` and `billing` of `acme/shop`. */
  components?: readonly string[];
  /** Titles of issues. Default: `Look at` and the name, for every component. */
  issues?: string[];
  budget?: NonNullable<ConfigInput['agents']>['budget'];
  /** Default: 60. */
  deadlineMinutes?: number;
}

export async function createAgentsWorld(options: AgentsOptions = {}): Promise<AgentsWorld> {
  const { budget, components, deadlineMinutes, environment, files } = options;
  const codegen = await startCodegen(components?.map((name) => `acme/${name}`) ?? ['acme/shop']);
  const asked = components ?? ['orders'];
  const world = await createStoryWorld({
    ...(components !== undefined && { components }),
    ...(files !== undefined && { files }),
    issues: options.issues ?? asked.map((name) => `Look at ${name}`),
    githubReport: 'none',
    trackingTable: false,
    agents: {
      ...(deadlineMinutes !== undefined && { deadlineMinutes }),
      budget: { ...ample, ...budget },
      codegen: rates,
    },
    environment: {
      CODEGEN_API_URL: codegen.url,
      CODEGEN_API_TOKEN: codegen.token,
      CODEGEN_ORG_ID: codegen.orgId,
      CICD_REQUEST_SECONDS: '1',
      ...environment,
    },
  });
  const issueOf = (name: string) => `ENG-${asked.indexOf(name) + 2}`;
  return {
    ...world,
    codegen,
    issueOf,
    agentRunsOf: (name) => codegen.agentRuns.filter((run) => componentOf(run) === name),
    analyseAll: async (host) => {
      for (const name of asked) {
        await deliver(host, world.linear.act.label(issueOf(name), 'component-analysis'));
      }
      return untilAllAnalysed(host);
    },
  };
}

/** More than any test starts. */
const plenty = 100;
const ample = {
  concurrent: plenty,
  concurrentPerRepository: plenty,
  startsPerMinute: plenty,
  startsPerDay: plenty,
  startsPerDayPerRepository: plenty,
};

/** As granted to the team. */
const rates = { creationsPerMinute: plenty, requestsPer30Seconds: 6 * plenty };

/** A Codegen whose agents answer well, until they are told otherwise. */
async function startCodegen(repositories: readonly string[]): Promise<CodegenServer> {
  const codegen = await startCodegenServer({
    repositories: repositories.map((full_name, index) => ({ id: index + 1, full_name })),
    limits: {
      creationsPerMinute: rates.creationsPerMinute,
      requestsPer30s: rates.requestsPer30Seconds,
    },
  });
  onTestFinished(async () => codegen.close());
  codegen.behave(answerWith({ summary: 'Sound, but for one thing.', findings: [swallowed] }));
  return codegen;
}

/** At a place that is there. */
export const swallowed = {
  topic: 'error-handling',
  severity: 'high',
  path: 'orders/total.py',
  line: 8,
  title: 'A rate that cannot be had is passed over.',
  detail: 'Totals are wrong from then on, and nobody hears of it.',
};

/** Agents that do as they are told. */
export function answerWith(answer: WrittenAnswer, life: Behaviour = {}) {
  return ({ prompt }: FakeAgentRun): Behaviour => ({ ...life, result: answerTo(prompt, answer) });
}

/** As the prompt names it. */
export function componentOf({ prompt }: Pick<FakeAgentRun, 'prompt'>): string {
  return /^- Component: (\S+)$/m.exec(prompt)?.[1] ?? '';
}

/** Code quality, architecture or integration, as the prompt names it. */
export function analysisOf({ prompt }: Pick<FakeAgentRun, 'prompt'>): string {
  return /^- This prompt: ([\w-]+),/m.exec(prompt)?.[1] ?? '';
}

/** Reports by component. */
export async function reportsOf(
  { url }: RunningHost,
  runs: readonly RunDetail[],
): Promise<Record<string, Report>> {
  const reports = runs.map(async ({ id }) => {
    const response = await fetch(`${url}/api/runs/${id}/report`);
    const report = reportSchema.parse(await response.json());
    return [report.component.name, report] as const;
  });
  return Object.fromEntries(await Promise.all(reports));
}

/** Bodies of the comments on the issue that asks for a component. */
export function commentsOn({ issueOf, linear }: AgentsWorld, component: string): string[] {
  return linear.issue(issueOf(component)).comments.map(({ body }) => body);
}
