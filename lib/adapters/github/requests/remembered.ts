import { createNotes } from '../../../runtime/notes.ts';

/** What was learned of GitHub before, by any process. */
export const { recall, remember } = createNotes('github');
