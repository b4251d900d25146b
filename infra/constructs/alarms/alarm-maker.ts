import {
  Alarm,
  ComparisonOperator,
  TreatMissingData,
  type AlarmProps,
  type IMetric,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { describe, type AlarmText } from './describe.ts';

/** Where the value of one period has to be for the alarm to go off. */
export type Threshold = { atLeast: number } | { above: number } | { below: number };

export interface AlarmRule extends AlarmText {
  /** Beside the article, where it has several alarms: `github-webhook`. */
  of?: string;
  metric: IMetric;
  when: Threshold;
  /** How many in a row have to be so. Default: 1. */
  periods?: number;
  /** What a period without a value says. Default: that all is well. */
  silenceIsBad?: boolean;
}

/** Makes alarms that tell the topic when they go off and when they are over. */
export class AlarmMaker extends Construct {
  readonly alarms: Alarm[] = [];
  private readonly topic: Topic;
  private readonly prefix: string;

  /** @param props `prefix`: what the names of its alarms begin with, unique in an account */
  constructor(scope: Construct, id: string, props: { topic: Topic; prefix: string }) {
    super(scope, id);
    this.topic = props.topic;
    this.prefix = props.prefix;
  }

  add(rule: AlarmRule): Alarm {
    const { article, metric, of, periods = 1, silenceIsBad = false, when } = rule;
    const name = of === undefined ? article : `${article}-${of}`;
    const alarm = new Alarm(this, name, {
      alarmName: `${this.prefix}-${name}`,
      alarmDescription: describe(rule),
      metric,
      ...compare(when),
      evaluationPeriods: periods,
      treatMissingData: silenceIsBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
    this.alarms.push(alarm);
    return alarm;
  }
}

function compare(when: Threshold): Pick<AlarmProps, 'comparisonOperator' | 'threshold'> {
  const { GREATER_THAN_OR_EQUAL_TO_THRESHOLD, GREATER_THAN_THRESHOLD, LESS_THAN_THRESHOLD } =
    ComparisonOperator;
  if ('atLeast' in when) {
    return { comparisonOperator: GREATER_THAN_OR_EQUAL_TO_THRESHOLD, threshold: when.atLeast };
  }
  if ('above' in when) return { comparisonOperator: GREATER_THAN_THRESHOLD, threshold: when.above };
  return { comparisonOperator: LESS_THAN_THRESHOLD, threshold: when.below };
}
