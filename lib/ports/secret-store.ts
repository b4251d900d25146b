import type { SecretName } from '../domain/secret-names.ts';

/** Hands out secrets. The environment and `.env` here, Secrets Manager on AWS. */
export interface SecretStore {
  /** Every live value, the current one first, then the previous one; none when it is not configured. */
  get(name: SecretName): Promise<readonly string[]>;
  /**
   * Reads the secrets anew, for when none of the known values fits. Where reading costs time or money it
   * is done at most every few seconds, however often it is asked for.
   * @returns true when they were read
   */
  refresh(): Promise<boolean>;
}

/** Tells of secrets without reading them: whoever asks needs no right to their values. */
export interface SecretPresence {
  /**
   * Whether a secret has a value. A host that does not look at it says nothing of its shape.
   * @throws UpstreamError when that cannot be told now
   */
  isSet(name: SecretName): Promise<boolean>;
}
