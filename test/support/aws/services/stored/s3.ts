import type { AwsService } from '../../service.ts';
import type { AwsError } from '../../wire/aws-error.ts';
import { escapeXml } from '../../wire/query-wire.ts';
import type { Wire, WireRequest } from '../../wire/wire.ts';
import { passOn } from './pass-on.ts';

/** Buckets are named in the path: an address of this machine has no names before it. */
export interface S3Input {
  bucket: string;
  /** What the operation is about, where it is objects. */
  keys: string[];
}

/** @param endpoint of the server that keeps the objects */
export function createS3(endpoint: string): AwsService {
  return {
    name: 's3',
    wire: s3Wire,
    throttling: 'SlowDown',
    action: (operation) => `s3:${actions[operation] ?? operation}`,
    resources: (_operation, { bucket, keys }: S3Input) =>
      keys.length === 0
        ? [`arn:aws:s3:::${bucket}`]
        : keys.map((key) => `arn:aws:s3:::${bucket}/${key}`),
    forward: (request) => passOn(endpoint, request),
  };
}

/** Operations that a policy knows by another name. */
const actions: Readonly<Record<string, string>> = {
  CompleteMultipartUpload: 'PutObject',
  CreateMultipartUpload: 'PutObject',
  DeleteObjects: 'DeleteObject',
  HeadBucket: 'ListBucket',
  HeadObject: 'GetObject',
  ListObjects: 'ListBucket',
  ListObjectsV2: 'ListBucket',
  UploadPart: 'PutObject',
};

/** Requests are told apart only; their bodies are the business of the server behind. */
const s3Wire: Wire = {
  async decode(request) {
    const [, bucket = '', ...rest] = request.path.split('/');
    const key = decodeURIComponent(rest.join('/'));
    const operation = operationOf(request, key === '' ? 'bucket' : 'object');
    if (operation === undefined) return undefined;
    const keys = operation === 'DeleteObjects' ? keysInBody(request.body) : key === '' ? [] : [key];
    return { operation, input: { bucket, keys } satisfies S3Input, problems: [] };
  },
  encode: (_operation, _output, requestId) => ({
    status: 200,
    headers: { 'x-amz-request-id': requestId },
    body: '',
  }),
  encodeError: (error, requestId) => ({
    status: errors[error.type]?.status ?? 403,
    headers: { 'content-type': 'application/xml', 'x-amz-request-id': requestId },
    body: errorBody(error, requestId),
  }),
};

const bucketOperations: Readonly<Record<string, string>> = {
  DELETE: 'DeleteBucket',
  HEAD: 'HeadBucket',
  PUT: 'CreateBucket',
};

const objectOperations: Readonly<Record<string, string>> = {
  DELETE: 'DeleteObject',
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
};

function operationOf(
  { method, query }: WireRequest,
  about: 'bucket' | 'object',
): string | undefined {
  if (about === 'bucket') {
    if (method === 'POST') return query.has('delete') ? 'DeleteObjects' : undefined;
    if (method === 'GET') return query.get('list-type') === '2' ? 'ListObjectsV2' : 'ListObjects';
    return bucketOperations[method];
  }
  if (method === 'POST') {
    return query.has('uploads') ? 'CreateMultipartUpload' : 'CompleteMultipartUpload';
  }
  if (query.has('uploadId')) return method === 'PUT' ? 'UploadPart' : 'AbortMultipartUpload';
  return objectOperations[method];
}

function keysInBody(body: Buffer): string[] {
  return [...body.toString().matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key ?? '');
}

const errors: Readonly<Record<string, { code: string; status: number }>> = {
  AccessDeniedException: { code: 'AccessDenied', status: 403 },
  ExpiredTokenException: { code: 'ExpiredToken', status: 400 },
  InternalFailure: { code: 'InternalError', status: 500 },
  InvalidSignatureException: { code: 'SignatureDoesNotMatch', status: 403 },
  SlowDown: { code: 'SlowDown', status: 503 },
  UnknownOperationException: { code: 'NotImplemented', status: 501 },
  UnrecognizedClientException: { code: 'InvalidAccessKeyId', status: 403 },
};

function errorBody({ type, message }: AwsError, requestId: string): string {
  const code = errors[type]?.code ?? type;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message>` +
    `<RequestId>${requestId}</RequestId></Error>`
  );
}
