/**
 * What is used of an API Gateway HTTP API event, payload format 2.0.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export interface GatewayEvent {
  requestContext: { http: { method: string } };
  /** By names in lower case; repeated ones are joined by commas. */
  headers: Readonly<Record<string, string | undefined>>;
  /**
   * Absent when there was none. API Gateway sends text; a host in the same process hands over the bytes as
   * they came, which spares two copies of a large body.
   */
  body?: string | Buffer;
  /** Of a text. */
  isBase64Encoded: boolean;
}

/** The answer that API Gateway sends on. */
export interface GatewayResult {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

export type GatewayHandler = (event: GatewayEvent) => Promise<GatewayResult>;
