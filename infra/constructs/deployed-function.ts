import { Annotations, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  type FunctionProps,
  type IFunction,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct, type IConstruct } from 'constructs';
import { ConfigError } from '../../lib/domain/errors.ts';
import { acknowledgeBelow, arnBelow, type Below } from './below.ts';
import { makeDeadLetterQueue } from './dead-letter-queue.ts';
import type { Deployment } from './deployment.ts';
import type { Part } from './part.ts';

export interface DeployedFunctionProps {
  deployment: Deployment;
  /** Its file in functions/, without the ending. */
  file: string;
  /** For people who read a list of functions. */
  description: string;
  /** Also its share of a processor: 1,769 MB are a whole one. Default: 512. */
  memoryMb?: number;
  /** Seconds that one invocation may take, 900 at most. */
  timeoutSeconds: number;
  /**
   * `answer`: somebody waits for what it returns, and tries again where that fails. `event`: Lambda queues what it
   * is to do and tries again; what fails for good is kept in `deadLetters`. `start`: a run is started, and recorded
   * with its input whatever becomes of it.
   */
  invokedBy: 'answer' | 'event' | 'start';
  /** Everything that it works with. Default: nothing. */
  uses?: readonly Part[];
  /**
   * Whether stack traces in its logs name lines of our sources. Reading the maps costs time when a process starts.
   * Default: true.
   */
  sourceMaps?: boolean;
}

/** What only flows have. */
type DurableSettings = Pick<FunctionProps, 'durableConfig' | 'currentVersionOptions'>;

/** How often Lambda tries a queued event again, and for how long it keeps it. */
const queuedEvents = { retryAttempts: 2, maxEventAge: Duration.hours(6) } as const;

/** One file of functions/ as a Lambda function with a role, a log group and, where it needs one, a queue of its own. */
export class DeployedFunction extends Construct {
  readonly file: string;
  readonly function: LambdaFunction;
  readonly logGroup: LogGroup;
  readonly role: Role;
  /** Of functions that are invoked by events. */
  readonly deadLetters: Queue | undefined;

  constructor(scope: Construct, id: string, props: DeployedFunctionProps & DurableSettings) {
    super(scope, id);
    const { deployment, file } = props;
    const { keepsData, logDays } = deployment.stage;
    this.file = file;
    this.logGroup = new LogGroup(this, 'Logs', {
      retention: logDays,
      removalPolicy: keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
    this.role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.logGroup.grantWrite(this.role);
    this.deadLetters = props.invokedBy === 'event' ? makeDeadLetterQueue(this) : undefined;
    this.function = new LambdaFunction(this, 'Function', {
      ...this.settings(props),
      ...this.bundle(props),
    });
    if (props.sourceMaps ?? true) this.setVariable('NODE_OPTIONS', '--enable-source-maps');
    for (const part of props.uses ?? []) part.bindTo(this);
  }

  /** What rules and other functions invoke. */
  get target(): IFunction {
    return this.function;
  }

  setVariable(name: string, value: string): void {
    this.function.addEnvironment(name, value);
  }

  /** @param resources ARNs, none of them with a `*` */
  allow(actions: readonly string[], resources: readonly string[]): void {
    this.role.addToPrincipalPolicy(allowing(actions, resources));
  }

  /** Allows something on whatever is below a resource. */
  allowBelow(actions: readonly string[], below: Below): void {
    this.allow(actions, [arnBelow(below)]);
    acknowledgeBelow(this.role, below);
  }

  /** In a policy of its own: a function waits for the policy of its role, so that one cannot name the function. */
  protected allowBelowItself(actions: readonly string[], below: Omit<Below, 'resource'>): Policy {
    const itself = { ...below, resource: this.function };
    const policy = new Policy(this, 'OnItself', {
      roles: [this.role],
      statements: [allowing(actions, [arnBelow(itself)])],
    });
    acknowledgeBelow(policy, itself);
    return policy;
  }

  /**
   * Logs stay as we write them, one JSON object a line: so the text format, which adds nothing to a line. X-Ray stays
   * off: the history of a run tells more, and its permissions cannot be narrowed to a resource.
   */
  private settings(props: DeployedFunctionProps & DurableSettings) {
    const { currentVersionOptions, deployment, durableConfig, file, invokedBy } = props;
    const { memoryMb = 512, timeoutSeconds } = props;
    const reserved = deployment.stage.reservedConcurrency[file];
    return {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: deployment.architecture === 'arm64' ? Architecture.ARM_64 : Architecture.X86_64,
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      role: this.role,
      logGroup: this.logGroup,
      loggingFormat: LoggingFormat.TEXT,
      ...(invokedBy === 'event' && queuedEvents),
      ...(this.deadLetters !== undefined && { deadLetterQueue: this.deadLetters }),
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      ...(durableConfig !== undefined && { durableConfig }),
      ...(currentVersionOptions !== undefined && { currentVersionOptions }),
    };
  }

  private bundle({ deployment, file }: DeployedFunctionProps) {
    const { architecture, bundle, config, stage, withoutOxlint = false } = deployment;
    const { folder, handler, warnings } = bundle({ name: file, architecture, config });
    if (stage.keepsData && !withoutOxlint && warnings.length > 0) {
      const wayOut = 'To deploy it so, add -c withoutOxlint=true';
      throw new ConfigError(warnings.map((warning) => `${file}: ${warning} ${wayOut}`));
    }
    for (const [index, warning] of warnings.entries()) {
      Annotations.of(this).addWarningV2(`autonomous-cicd:bundle:${file}:${index}`, warning);
    }
    return { code: Code.fromAsset(folder), handler };
  }
}

function allowing(actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
  });
}

/** All functions of a stack, in the order in which they were made. */
export function functionsIn(scope: IConstruct): DeployedFunction[] {
  return scope.node.findAll().filter((construct) => construct instanceof DeployedFunction);
}
