import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct, IConstruct } from 'constructs';
import type { Below } from './below.ts';
import { DeployedFunction, type DeployedFunctionProps } from './deployed-function.ts';

/** Of the service: days for which it keeps a run that has ended. */
const mostRetentionDays = 90;
/** Of the service: seconds that one invocation may take. A run goes on over many of them. */
const mostInvocationSeconds = 900;

/** For a run to go on at all. */
const goingOn = ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'];

const allVersions = {
  suffix: ':*',
  because:
    'A run is named by the version that started it: function:NAME:VERSION/durable-execution/…',
} as const;

export interface DurableFlowProps extends Omit<
  DeployedFunctionProps,
  'file' | 'invokedBy' | 'timeoutSeconds'
> {
  /** As `flow()` made it; it bears the name of its file in functions/. */
  flow: { name: string; executionTimeoutSeconds: number };
}

/**
 * A flow as a durable function. It is invoked by the alias `live` only: a run stays with the version that
 * started it, so versions are kept when a new one is deployed. It has no dead-letter queue: Lambda tries no
 * failed run again, but would put the event of each run that fails or is stopped there. Those are in the
 * records of runs, with their input, and autonomous-cicd works them off.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/durable-best-practices.html
 */
export class DurableFlow extends DeployedFunction {
  readonly alias: Alias;

  constructor(scope: Construct, id: string, props: DurableFlowProps) {
    const { flow, ...common } = props;
    const { retentionDays } = common.deployment.config.runs;
    super(scope, id, {
      ...common,
      file: flow.name,
      invokedBy: 'start',
      timeoutSeconds: Math.min(flow.executionTimeoutSeconds, mostInvocationSeconds),
      durableConfig: {
        executionTimeout: Duration.seconds(flow.executionTimeoutSeconds),
        retentionPeriod: Duration.days(Math.min(retentionDays, mostRetentionDays)),
      },
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    Annotations.of(this).acknowledgeInfo(
      'aws-lambda:Function.DurableConfig',
      'It is durable from its first deployment on.',
    );
    const ownRuns = this.allowBelowItself(goingOn, allVersions);
    this.alias = this.function.addAlias('live');
    this.alias.node.addDependency(ownRuns);
  }

  override get target(): IFunction {
    // An alias is an IFunction where optional properties may be undefined, as the CDK takes it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see above
    return this.alias as IFunction;
  }

  /** Runs of this flow, for policies. */
  get runs(): Below {
    return { ...allVersions, resource: this.function };
  }
}

/** All flows of a stack, in the order in which they were made. */
export function flowsIn(scope: IConstruct): DurableFlow[] {
  return scope.node.findAll().filter((construct) => construct instanceof DurableFlow);
}
