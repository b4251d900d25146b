import { randomUUID } from 'node:crypto';
import { AwsError } from '../../wire/aws-error.ts';

export interface SecretValue {
  SecretString?: string | undefined;
  SecretBinary?: Uint8Array | undefined;
}

export interface SecretVersion {
  id: string;
  value: SecretValue;
  stages: Set<string>;
  createdAt: Date;
}

export interface Secret {
  name: string;
  arn: string;
  description: string | undefined;
  /** Oldest first. */
  versions: SecretVersion[];
  createdAt: Date;
  /** When it goes for good. */
  deletedAt?: Date;
}

const current = 'AWSCURRENT';
const previous = 'AWSPREVIOUS';

export function createSecret(
  name: string,
  arn: string,
  { Description }: { Description?: string | undefined },
): Secret {
  return { name, arn, description: Description, versions: [], createdAt: new Date() };
}

export interface NewVersion extends SecretValue {
  ClientRequestToken?: string | undefined;
  /** Default: `AWSCURRENT`. */
  VersionStages?: string[] | undefined;
}

/** The same token with the same value gives the same version; with another value it is refused. */
export function putVersion(secret: Secret, input: NewVersion): SecretVersion {
  const { ClientRequestToken: id = randomUUID(), VersionStages: stages = [current] } = input;
  const existing = secret.versions.find((version) => version.id === id);
  if (existing !== undefined) return requireSameValue(existing, input);
  const version: SecretVersion = {
    id,
    value: { SecretString: input.SecretString, SecretBinary: input.SecretBinary },
    stages: new Set(),
    createdAt: new Date(),
  };
  secret.versions.push(version);
  for (const stage of stages) giveStage(secret, version, stage);
  return version;
}

export interface VersionReference {
  VersionId?: string | undefined;
  /** Default: `AWSCURRENT`. */
  VersionStage?: string | undefined;
}

/** @throws AwsError where no version has this id or stage: a secret without any value too */
export function versionOf(
  secret: Secret,
  { VersionId, VersionStage = current }: VersionReference,
): SecretVersion {
  const version = secret.versions.find(({ id, stages }) =>
    VersionId === undefined ? stages.has(VersionStage) : id === VersionId,
  );
  if (version !== undefined) return version;
  const what =
    VersionId === undefined ? `staging label: ${VersionStage}` : `VersionId: ${VersionId}`;
  const message = `Secrets Manager can't find the specified secret value for ${what}`;
  throw new AwsError('ResourceNotFoundException', message);
}

export interface StageMove {
  VersionStage: string | undefined;
  RemoveFromVersionId?: string | undefined;
  MoveToVersionId?: string | undefined;
}

export function moveStage(secret: Secret, move: StageMove): void {
  const { VersionStage: stage = '', RemoveFromVersionId, MoveToVersionId } = move;
  const holder = secret.versions.find(({ stages }) => stages.has(stage));
  if (holder !== undefined && holder.id !== MoveToVersionId && holder.id !== RemoveFromVersionId) {
    const message = `The stage ${stage} is at version ${holder.id}: say so in RemoveFromVersionId`;
    throw new AwsError('InvalidParameterException', message);
  }
  if (MoveToVersionId === undefined) holder?.stages.delete(stage);
  else giveStage(secret, versionOf(secret, { VersionId: MoveToVersionId }), stage);
}

/** A stage is at one version; who loses AWSCURRENT becomes AWSPREVIOUS. */
function giveStage(secret: Secret, version: SecretVersion, stage: string): void {
  const holder = secret.versions.find(({ stages }) => stages.has(stage));
  if (holder === version) return;
  holder?.stages.delete(stage);
  version.stages.add(stage);
  if (stage === current && holder !== undefined) giveStage(secret, holder, previous);
}

function requireSameValue(version: SecretVersion, input: NewVersion): SecretVersion {
  if (version.value.SecretString === input.SecretString) return version;
  const message = `A resource with the ID ${version.id} already exists.`;
  throw new AwsError('ResourceExistsException', message);
}
