import type { AwsService } from '../../support/aws/service.ts';
import type { Wire, WireRequest } from '../../support/aws/wire/wire.ts';

export interface AssetBucket {
  service: AwsService;
  /** Key → what was uploaded. */
  objects: ReadonlyMap<string, Buffer>;
}

/** What is asked of a bucket before something is uploaded. */
const settings: Readonly<Record<string, string>> = {
  location: '<LocationConstraint>eu-west-1</LocationConstraint>',
  encryption:
    '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>' +
    '<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>' +
    '</ServerSideEncryptionConfiguration>',
};

/** The bucket that `cdk bootstrap` has made, named in the path. */
export function createAssetBucket(): AssetBucket {
  const objects = new Map<string, Buffer>();
  const uploads = new Map<string, Map<number, Buffer>>();

  function partsOf(key: string): Map<number, Buffer> {
    const parts = uploads.get(key) ?? new Map<number, Buffer>();
    uploads.set(key, parts);
    return parts;
  }

  function answer({ body, method, path, query }: WireRequest) {
    const key = decodeURIComponent(path.split('/').slice(2).join('/'));
    if (query.has('uploads')) return found(uploadOf(key));
    if (method === 'PUT') {
      const part = query.get('partNumber');
      if (part === null) objects.set(key, body);
      else partsOf(key).set(Number(part), body);
      return found('');
    }
    if (method === 'POST') {
      objects.set(key, joined(partsOf(key)));
      return found(
        `<CompleteMultipartUploadResult><Key>${key}</Key></CompleteMultipartUploadResult>`,
      );
    }
    if (query.has('list-type')) return found(listing(objects, query.get('prefix') ?? ''));
    const setting = Object.entries(settings).find(([name]) => query.has(name));
    if (setting !== undefined) return found(setting[1]);
    const object = objects.get(key);
    return object === undefined ? { ...found(''), status: 404 } : found(object);
  }

  return {
    objects,
    service: { name: 's3', wire: bucketWire, forward: async (request) => answer(request) },
  };
}

/** What is large comes in parts; an upload is known by its key here. */
function uploadOf(key: string): string {
  const members = `<Key>${key}</Key><UploadId>${key}</UploadId>`;
  return `<InitiateMultipartUploadResult>${members}</InitiateMultipartUploadResult>`;
}

function joined(parts: ReadonlyMap<number, Buffer>): Buffer {
  const inOrder = [...parts].toSorted(([one], [other]) => one - other);
  return Buffer.concat(inOrder.map(([, part]) => part));
}

function listing(objects: ReadonlyMap<string, Buffer>, prefix: string): string {
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix));
  const contents = keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('');
  return `<ListBucketResult><KeyCount>${keys.length}</KeyCount>${contents}</ListBucketResult>`;
}

function found(body: Buffer | string) {
  return { status: 200, headers: { 'content-type': 'application/xml', etag: '"0"' }, body };
}

const bucketWire: Wire = {
  decode: async ({ method, path }) => ({ operation: method, input: { path }, problems: [] }),
  encode: () => found(''),
  encodeError: ({ message, type }) => ({
    ...found(`<Error><Code>${type}</Code><Message>${message}</Message></Error>`),
    status: 403,
  }),
};
