/**
 * What is used of an API Gateway HTTP API event, payload format 2.0.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export interface GatewayEvent {
  requestContext: { http: { method: string } };
  /** By names in lower case; repeated ones are joined by commas. */
  headers: Readonly<Record<string, string | undefined>>;
  /** Absent when there was none. */
  body?: string;
  isBase64Encoded: boolean;
}

/** The answer that API Gateway sends on. */
export interface GatewayResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

export type GatewayHandler = (event: GatewayEvent) => Promise<GatewayResult>;
