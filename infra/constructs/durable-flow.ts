import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Alias, IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import type { Below } from './below.ts';
import { DeployedFunction, queuedEvents, type DeployedFunctionProps } from './deployed-function.ts';

/** Of the service: days for which it keeps a run that has ended. */
const mostRetentionDays = 90;
/** Of the service: seconds that one invocation may take. A run goes on over many of them. */
const mostInvocationSeconds = 900;

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
 * A flow as a durable function. It is invoked by the alias `live` only: a run stays with the version that started it,
 * so versions are kept when a new one is deployed.
 */
export class DurableFlow extends DeployedFunction {
  readonly alias: Alias;

  constructor(scope: Construct, id: string, { flow, ...props }: DurableFlowProps) {
    const { retentionDays } = props.deployment.config.runs;
    super(scope, id, {
      ...props,
      file: flow.name,
      invokedBy: 'event',
      timeoutSeconds: Math.min(flow.executionTimeoutSeconds, mostInvocationSeconds),
      durableConfig: {
        executionTimeout: Duration.seconds(flow.executionTimeoutSeconds),
        retentionPeriod: Duration.days(Math.min(retentionDays, mostRetentionDays)),
      },
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
    });
    const ownRuns = this.allowBelowItself(
      ['lambda:CheckpointDurableExecution', 'lambda:GetDurableExecutionState'],
      allVersions,
    );
    // What is queued is set for each alias; that of the function holds for its newest version only.
    this.alias = this.function.addAlias('live', queuedEvents);
    this.alias.node.addDependency(ownRuns);
  }

  override get target(): IFunction {
    // The types of the CDK are not written for exactOptionalPropertyTypes: an alias is a function there.
    return this.alias as IFunction;
  }

  /** Runs of this flow, for policies. */
  get runs(): Below {
    return { ...allVersions, resource: this.function };
  }
}
