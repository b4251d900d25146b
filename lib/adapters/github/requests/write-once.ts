import { UpstreamError } from '../../../domain/errors.ts';

/**
 * Makes something new. What was asked for may stand although no answer came: looks before it fails, so
 * that whoever tries again does not make a second one.
 * @param find what `write` makes, undefined where it is not there
 */
export async function writeOnce<Written>(
  write: () => Promise<Written>,
  find: () => Promise<Written | undefined>,
): Promise<Written> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof UpstreamError) || !error.retryable) throw error;
    const found = await find();
    if (found === undefined) throw error;
    return found;
  }
}
