import { createCursor } from './cursor.ts';

/** Up to when requests of issues were looked for. */
export const requestCursor = createCursor('requests-since');
