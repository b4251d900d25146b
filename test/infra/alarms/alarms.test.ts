import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { articles } from '../../../infra/constructs/alarms/describe.ts';
import { synthesiseStack } from '../stack/synthesise-stack.ts';

const { template } = synthesiseStack();

/** As far as the tests look at it. */
interface AlarmProperties {
  AlarmName: string;
  /** A text, or the parts of which CloudFormation joins it. */
  AlarmDescription: unknown;
  AlarmActions?: unknown[];
  OKActions?: unknown[];
  TreatMissingData: string;
  EvaluationPeriods: number;
  Threshold: number;
  Period?: number;
  MetricName?: string;
  Dimensions?: { Name: string; Value: unknown }[];
  Metrics?: { Expression?: string }[];
}

function alarmsOf(resources: (typeof template)['Resources']): AlarmProperties[] {
  return (
    Object.values(resources)
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as the checks of the template have found it
      .map(({ Properties }) => Properties as unknown as AlarmProperties)
  );
}

const alarms = alarmsOf(template.Resources);
const runbook = readFileSync(new URL('../../../infra/RUNBOOK.md', import.meta.url), 'utf8');
const anchors = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title = '']) => title);
const alarmArticles = runbook.split('\n# ').find((part) => part.startsWith('Alarms')) ?? '';

function descriptionOf(alarm: AlarmProperties): string {
  return JSON.stringify(alarm.AlarmDescription);
}

function named(name: string): AlarmProperties {
  const alarm = alarms.find(({ AlarmName }) => AlarmName === `autonomous-cicd-dev-${name}`);
  if (alarm === undefined) throw new Error(`There is no alarm ${name}`);
  return alarm;
}

function alarmsOn(article: string): AlarmProperties[] {
  return alarms.filter(({ AlarmName }) => AlarmName.startsWith(`autonomous-cicd-dev-${article}-`));
}

describe('every alarm', () => {
  test.each(alarms.map((alarm) => [alarm.AlarmName, alarm] as const))(
    '%s says what it means, where to read on and where to look',
    (name, alarm) => {
      const description = descriptionOf(alarm);
      const [, article = ''] = /infra\/RUNBOOK\.md#([a-z-]+)/.exec(description) ?? [];
      expect(anchors).toContain(article);
      expect(name).toMatch(new RegExp(`^autonomous-cicd-dev-${article}`));
      expect(description).toContain('#logsV2:log-groups/log-group/');
      expect(description).toMatch(/"[^"]{30,}\. Runbook: infra/);
    },
  );

  test('tells the topic when it goes off and when it is over', () => {
    for (const { AlarmActions, OKActions } of alarms) {
      expect(AlarmActions).toHaveLength(1);
      expect(OKActions).toEqual(AlarmActions);
    }
  });

  test('has an article, and every article of an alarm has an alarm', () => {
    const ofAlarms = [...alarmArticles.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
    expect(new Set(ofAlarms)).toEqual(new Set<string>(articles));
    const used = articles.filter((article) =>
      alarms.some((alarm) => descriptionOf(alarm).includes(`RUNBOOK.md#${article} `)),
    );
    expect(used).toEqual([...articles]);
  });
});

test('links within the runbook lead somewhere', () => {
  const links = [...runbook.matchAll(/\]\(#([^)]+)\)/g)].map(([, link]) => link);
  const known = new Set(anchors.map((title) => title.toLowerCase().replaceAll(' ', '-')));
  expect(links.length).toBeGreaterThan(5);
  expect(links.filter((link = '') => !known.has(link))).toEqual([]);
});

describe('the alarms', () => {
  const functions = Object.values(template.Resources).filter(
    ({ Type }) => Type === 'AWS::Lambda::Function',
  );
  const queues = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::SQS::Queue');

  test('look at every function, the runs of every flow and every dead-letter queue', () => {
    const flows = alarmsOn('run-failures').length;
    expect(flows).toBe(functions.filter(({ Properties }) => Properties?.['DurableConfig']).length);
    expect(alarmsOn('function-errors')).toHaveLength(functions.length);
    expect(alarmsOn('dead-letters')).toHaveLength(queues.length);
    expect(functions.length).toBeGreaterThan(5);
  });

  test('count what this stack counts, and no other one', () => {
    const own = alarms.filter(({ MetricName }) => MetricName === 'WebhookRefused');
    expect(own).toHaveLength(2);
    for (const { Dimensions } of own) {
      expect(Dimensions).toContainEqual({ Name: 'stack', Value: 'autonomous-cicd-dev' });
    }
  });

  test('go off when the flow of a schedule was not invoked for three ticks in a row', () => {
    expect(named('schedule-silent-autonomous-cicd')).toMatchObject({
      Namespace: 'AWS/Lambda',
      MetricName: 'Invocations',
      Dimensions: [
        { Name: 'FunctionName', Value: { Ref: expect.stringMatching('^AutonomousCicdFunction') } },
      ],
      Statistic: 'Sum',
      Period: 900,
      EvaluationPeriods: 3,
      TreatMissingData: 'breaching',
      ComparisonOperator: 'LessThanThreshold',
      Threshold: 1,
    });
    expect(named('schedule-silent-system-health')).toMatchObject({ Period: 300 });
  });

  test('expect nothing of a schedule that the configuration disables', () => {
    const { template: without } = synthesiseStack({
      config: { schedules: { 'system-health': { enabled: false } } },
    });
    const names = alarmsOf(without.Resources).map(({ AlarmName }) => AlarmName);
    expect(names).toContain('autonomous-cicd-dev-schedule-silent-autonomous-cicd');
    expect(names).not.toContain('autonomous-cicd-dev-schedule-silent-system-health');
  });

  test('judge the runs of a flow by their share, where there are enough of them or none succeeds', () => {
    const { Metrics, Threshold, TreatMissingData } = named('run-failures-component-analysis');
    expect(Threshold).toBe(10);
    expect(TreatMissingData).toBe('notBreaching');
    expect(Metrics?.find(({ Expression }) => Expression !== undefined)?.Expression).toMatch(
      /^IF\(.+ >= 3 OR \(.+ >= 1 AND .+ == 0\), 100 \* .+, 0\)$/,
    );
  });

  test('watch agents where the stack asks any', () => {
    expect(named('agent-failures')).toMatchObject({
      MetricName: 'AgentRunEnded',
      Dimensions: expect.arrayContaining([
        { Name: 'provider', Value: 'codegen' },
        { Name: 'outcome', Value: 'failed' },
      ]),
      // Of one analysis whose starts are refused, and so not tried again.
      Threshold: 3,
    });
    expect(named('agent-budget')).toMatchObject({ MetricName: 'AgentRunRefused', Threshold: 1 });
    const { template: without } = synthesiseStack({ config: { agents: { provider: 'none' } } });
    const names = alarmsOf(without.Resources).map(({ AlarmName }) => AlarmName);
    expect(names.filter((name) => /-agent-(failures|budget)$/.test(name))).toEqual([]);
  });

  test('have names that two stacks of an account do not share', () => {
    const { template: prod } = synthesiseStack({ context: { stage: 'prod' } });
    const names = new Set(alarms.map(({ AlarmName }) => AlarmName));
    const shared = alarmsOf(prod.Resources).filter(({ AlarmName }) => names.has(AlarmName));
    expect(shared).toEqual([]);
  });
});

test('one dashboard shows them, under the name that the stack tells', () => {
  const dashboards = Object.values(template.Resources).filter(
    ({ Type }) => Type === 'AWS::CloudWatch::Dashboard',
  );
  expect(dashboards.map(({ Properties }) => Properties?.['DashboardName'])).toEqual([
    'autonomous-cicd-dev',
  ]);
  const graphs = JSON.stringify(dashboards).match(/\\"metrics\\":\[\[.*?\]\]/g) ?? [];
  const shown = graphs.flatMap((graph) => graph.split('],['));
  expect(shown.length).toBeGreaterThan(20);
  // More than 50, and CloudWatch charges 3 dollars a month for it.
  expect(shown.length).toBeLessThanOrEqual(50);
  expect(JSON.stringify(template.Outputs['DashboardUrl'])).toContain(
    '#dashboards/dashboard/autonomous-cicd-dev',
  );
});
