import { createNotes } from '../../runtime/notes.ts';

/** What one tick has left for the next. */
export const { recall, remember } = createNotes('reconcile');
