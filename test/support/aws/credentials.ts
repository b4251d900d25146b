import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { PolicyStatement } from './iam.ts';
import { AwsError } from './wire/aws-error.ts';
import type { WireRequest } from './wire/wire.ts';

export interface Principal {
  /** `arn:aws:sts::123456789012:assumed-role/Role/function` */
  arn: string;
  /** What it may do. Default: everything. */
  statements?: readonly PolicyStatement[];
}

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

export interface Authenticated {
  principal: Principal;
  /** Of the signature's scope. */
  service: string;
  region: string;
}

export interface CredentialBook {
  /** Makes an access key for a principal. `expiresAt`: milliseconds since 1970; default: never. */
  issue(principal: Principal, options?: { session?: boolean; expiresAt?: number }): Credentials;
  /** @throws AwsError as AWS answers to a signature that is missing, wrong, old or of nobody */
  authenticate(request: WireRequest): Promise<Authenticated>;
}

interface IssuedKey {
  credentials: Credentials;
  principal: Principal;
  expiresAt: number;
}

const longestSkew = 5 * 60_000;

export function createCredentialBook(now: () => number = Date.now): CredentialBook {
  const keys = new Map<string, IssuedKey>();
  return {
    issue(principal, { session = false, expiresAt = Infinity } = {}) {
      const credentials = {
        accessKeyId: `${session ? 'ASIA' : 'AKIA'}${randomBytes(8).toString('hex').toUpperCase()}`,
        secretAccessKey: randomBytes(30).toString('base64'),
        ...(session && { sessionToken: randomBytes(48).toString('base64') }),
      };
      keys.set(credentials.accessKeyId, { credentials, principal, expiresAt });
      return credentials;
    },
    async authenticate(request) {
      const scope = readScope(request);
      const key = keys.get(scope.accessKeyId);
      const token = request.headers['x-amz-security-token'];
      if (key === undefined || key.credentials.sessionToken !== token) {
        const message = 'The security token included in the request is invalid.';
        throw new AwsError('UnrecognizedClientException', message);
      }
      if (now() >= key.expiresAt) {
        const message = 'The security token included in the request is expired';
        throw new AwsError('ExpiredTokenException', message);
      }
      if (Math.abs(now() - scope.signedAt) > longestSkew) {
        throw new AwsError('InvalidSignatureException', 'Signature expired');
      }
      requireSignedHeaders(request, scope);
      requireBodyHash(request);
      await requireSignature(request, scope, key.credentials);
      return { principal: key.principal, service: scope.service, region: scope.region };
    },
  };
}

interface Scope {
  accessKeyId: string;
  region: string;
  service: string;
  signedHeaders: string[];
  signature: string;
  /** Milliseconds since 1970. */
  signedAt: number;
}

function readScope({ headers }: WireRequest): Scope {
  const form =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;
  const [, accessKeyId, region, service, signed, signature] =
    form.exec(headers.authorization ?? '') ?? [];
  if (!accessKeyId || !region || !service || !signed || !signature) {
    throw new AwsError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const date = String(headers['x-amz-date']);
  const signedAt = Date.parse(
    date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'),
  );
  return { accessKeyId, region, service, signedHeaders: signed.split(';'), signature, signedAt };
}

/** What says where a request goes and what it asks for has to be signed. */
function requireSignedHeaders({ headers }: WireRequest, { signedHeaders }: Scope): void {
  const unsigned = Object.keys(headers).filter(
    (name) => (name === 'host' || name.startsWith('x-amz-')) && !signedHeaders.includes(name),
  );
  if (unsigned.length === 0) return;
  const message = `There were headers present in the request which were not signed: ${unsigned.join(', ')}`;
  throw new AwsError('InvalidSignatureException', message);
}

/** The signature covers the digest that the client has named: it has to be that of the body. */
function requireBodyHash({ headers, body }: WireRequest): void {
  const said = headers['x-amz-content-sha256'];
  if (typeof said !== 'string' || !/^[0-9a-f]{64}$/.test(said)) return;
  if (createHash('sha256').update(body).digest('hex') !== said) throw wrongSignature();
}

/** Signs the request again with the key that we know, and compares. */
async function requireSignature(
  request: WireRequest,
  scope: Scope,
  credentials: Credentials,
): Promise<void> {
  const signer = new SignatureV4({
    credentials,
    region: scope.region,
    service: scope.service,
    sha256: Sha256,
    uriEscapePath: scope.service !== 's3',
    applyChecksum: false,
  });
  const headers = scope.signedHeaders.map((name) => [name, String(request.headers[name] ?? '')]);
  const signed = await signer.sign(
    {
      protocol: 'http:',
      hostname: '',
      method: request.method,
      path: request.path,
      query: queryRecord(request.query),
      headers: Object.fromEntries(headers),
      body: request.body,
    },
    { signingDate: new Date(scope.signedAt), signableHeaders: new Set(scope.signedHeaders) },
  );
  const expected = String(signed.headers['authorization']).slice(-64);
  if (timingSafeEqual(Buffer.from(expected), Buffer.from(scope.signature))) return;
  throw wrongSignature();
}

function wrongSignature(): AwsError {
  const message = 'The request signature we calculated does not match the signature you provided.';
  return new AwsError('InvalidSignatureException', message);
}

function queryRecord(query: URLSearchParams): Record<string, string[]> {
  return Object.fromEntries([...new Set(query.keys())].map((key) => [key, query.getAll(key)]));
}
