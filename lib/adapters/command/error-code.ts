/**
 * What the system calls it: `ENOSPC`. Its words name files and programs of the host, and reports are read by
 * others; these belong into the log.
 */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown reason';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
