/** Large immutable-by-convention values: source snapshots, facts, reports. A folder here, S3 on AWS. */
export interface Blobs {
  /**
   * Writes the whole value or nothing; a value under the same key is replaced.
   * @param key one or more parts of `[A-Za-z0-9._-]`, joined by `/`
   * @throws UpstreamError when it cannot be stored (disk full, no access, service down)
   */
  put(key: string, value: Uint8Array): Promise<void>;
  /** Undefined when there is no such key. */
  get(key: string): Promise<Uint8Array | undefined>;
}
