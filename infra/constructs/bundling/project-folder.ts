import { fileURLToPath } from 'node:url';

/** Absolute, with a slash at its end. */
export const projectFolder = fileURLToPath(new URL('../../..', import.meta.url));
