import { z } from 'zod';
import { place } from '../template/physical-names.ts';
import type { ResolvedTemplate } from '../template/resolve-template.ts';

/** A route of the HTTP API and the function behind it. */
export interface Route {
  /** `POST /webhooks/github` */
  key: string;
  apiId: string;
  /** ARN of the function, with its alias where it is named by one. */
  target: string;
  /** Longest time that the function has to answer. */
  timeoutMs: number;
  /** By which API Gateway says for what it invokes the function. */
  sourceArn: string;
}

const routeSchema = z.object({
  ApiId: z.string(),
  RouteKey: z.string(),
  Target: z.string().startsWith('integrations/'),
});

const integrationSchema = z.object({
  IntegrationType: z.literal('AWS_PROXY'),
  IntegrationUri: z.string(),
  PayloadFormatVersion: z.literal('2.0'),
  TimeoutInMillis: z.number().max(30_000).default(30_000),
});

/** @throws Error for a kind of route or integration that the harness cannot play */
export function readRoutes({ names, resources }: ResolvedTemplate): Route[] {
  const integrations = new Map(
    resources
      .filter(({ type }) => type === 'AWS::ApiGatewayV2::Integration')
      .map(({ id, properties }) => [names(id).ref, integrationSchema.parse(properties)]),
  );
  return resources
    .filter(({ type }) => type === 'AWS::ApiGatewayV2::Route')
    .map(({ id, properties }) => {
      const { ApiId: apiId, RouteKey: key, Target } = routeSchema.parse(properties);
      const integration = integrations.get(Target.slice('integrations/'.length));
      if (integration === undefined) throw new Error(`The route ${id} leads nowhere`);
      const [method = '', path = ''] = key.split(' ');
      return {
        key,
        apiId,
        target: integration.IntegrationUri,
        timeoutMs: integration.TimeoutInMillis,
        sourceArn: `arn:aws:execute-api:${place.region}:${place.account}:${apiId}/$default/${method}${path}`,
      };
    });
}
