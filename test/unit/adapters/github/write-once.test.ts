import { describe, expect, it } from 'vitest';
import { final, passing } from '../../../../lib/adapters/github/requests/failures.ts';
import { writeOnce } from '../../../../lib/adapters/github/requests/write-once.ts';

const fails = (cause: Error) => () => Promise.reject(cause);
const gives =
  <Value>(value: Value) =>
  () =>
    Promise.resolve(value);

describe('writeOnce', () => {
  it('gives what was written', async () => {
    await expect(writeOnce(gives('written'), gives('found'))).resolves.toBe('written');
  });

  it('gives what is found where the answer is missing', async () => {
    await expect(writeOnce(fails(passing('cut off')), gives('found'))).resolves.toBe('found');
  });

  it('fails as the write did where nothing is found', async () => {
    const error = passing('cut off');
    await expect(writeOnce(fails(error), gives(undefined))).rejects.toBe(error);
  });

  it('does not look for what was refused', async () => {
    const error = final('refused');
    await expect(writeOnce(fails(error), fails(new Error('looked')))).rejects.toBe(error);
  });
});
