import { SignatureV4 } from '@smithy/signature-v4';
import { credentialsIn, regionIn, type Environment } from './environment.ts';
import type { ServiceName } from './service-address.ts';
import { Sha256 } from './sha256.ts';

/** A request to a service that speaks AWS's JSON 1.1, as these two do. */
export interface JsonRequest {
  service: ServiceName;
  address: URL;
  /** `secretsmanager.GetSecretValue` */
  target: string;
  /** JSON. */
  body: string;
}

/**
 * The headers of a request, with its signature by the SDK's own signer. Credentials are read anew each
 * time: that costs nothing.
 * @param signedAt milliseconds since the epoch; the service takes it within 5 minutes
 */
export async function signedHeaders(
  { address, body, service, target }: JsonRequest,
  environment: Environment,
  signedAt: number,
): Promise<Record<string, string>> {
  const signer = new SignatureV4({
    service,
    region: regionIn(environment),
    credentials: credentialsIn(environment),
    sha256: Sha256,
  });
  const unsigned = {
    method: 'POST',
    protocol: address.protocol,
    hostname: address.hostname,
    path: '/',
    headers: {
      host: address.host,
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': target,
    },
    body,
  };
  const { headers } = await signer.sign(unsigned, { signingDate: new Date(signedAt) });
  return headers;
}
