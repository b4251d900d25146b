import { CfnOutput, RemovalPolicy, Validations } from 'aws-cdk-lib';
import {
  DomainName,
  type DomainMappingOptions,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Stage } from '../stages.ts';
import type { DeployedFunction } from './deployed-function.ts';

/** What is kept of a request: nothing of its body, its headers or its query. */
const accessLog = {
  requestId: '$context.requestId',
  at: '$context.requestTimeEpoch',
  route: '$context.routeKey',
  status: '$context.status',
  sourceIp: '$context.identity.sourceIp',
  requestBytes: '$context.requestLength',
  responseMs: '$context.responseLatency',
  integrationStatus: '$context.integrationStatus',
  integrationError: '$context.integrationErrorMessage',
};

export interface WebhookApiProps {
  stage: Stage;
  /** By the last part of the path: `github` takes POST /webhooks/github. */
  senders: Readonly<Record<string, DeployedFunction>>;
}

/** The one public door: a POST route for each sender of webhooks, and nothing else. */
export class WebhookApi extends Construct {
  readonly api: HttpApi;
  readonly stage: HttpStage;
  /** Where senders reach it, without a path. */
  readonly url: string;
  /** One line for each request. */
  readonly accessLogs: LogGroup;
  readonly senders: Readonly<Record<string, DeployedFunction>>;

  constructor(scope: Construct, id: string, { senders, stage }: WebhookApiProps) {
    super(scope, id);
    this.senders = senders;
    this.accessLogs = this.makeAccessLogs(stage);
    this.api = new HttpApi(this, 'Api', {
      apiName: stage.stackName,
      description: `Webhooks of ${stage.stackName}`,
      createDefaultStage: false,
      // With a name of its own there is no second door beside it.
      ...(stage.domain !== undefined && { disableExecuteApiEndpoint: true }),
    });
    this.stage = new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      ...(stage.domain !== undefined && { domainMapping: this.domain(stage.domain) }),
      throttle: { rateLimit: stage.webhookRate.perSecond, burstLimit: stage.webhookRate.burst },
      accessLogSettings: {
        destination: new LogGroupLogDestination(this.accessLogs),
        format: AccessLogFormat.custom(JSON.stringify(accessLog)),
      },
    });
    for (const [sender, target] of Object.entries(senders)) this.addRoute(sender, target);
    const { domain } = stage;
    this.url = domain === undefined ? this.api.apiEndpoint : `https://${domain.name}`;
  }

  private addRoute(sender: string, { function: target }: DeployedFunction): void {
    const routes = this.api.addRoutes({
      path: `/webhooks/${sender}`,
      methods: [HttpMethod.POST],
      integration: new HttpLambdaIntegration(`To${sender}`, target),
    });
    for (const route of routes) {
      Validations.of(route).acknowledge({
        id: 'AwsSolutions-APIG4',
        reason:
          'Senders of webhooks have no credentials of AWS; the function checks the signature over each body.',
      });
    }
  }

  private makeAccessLogs({ keepsData, logDays }: Stage): LogGroup {
    return new LogGroup(this, 'AccessLogs', {
      retention: logDays,
      removalPolicy: keepsData ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.DESTROY,
    });
  }

  private domain({ certificateArn, name }: NonNullable<Stage['domain']>): DomainMappingOptions {
    const domainName = new DomainName(this, 'Domain', {
      domainName: name,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
    });
    const target = new CfnOutput(this, 'DomainTarget', {
      description: `What a CNAME record of ${name} points to`,
      value: domainName.regionalDomainName,
    });
    target.overrideLogicalId('WebhookDomainTarget');
    return { domainName };
  }
}
