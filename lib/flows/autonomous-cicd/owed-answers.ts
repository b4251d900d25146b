import type { Chore } from './chore.ts';

/**
 * Answers that were begun, or not even that, by runs that are over: stopped, timed out, or ended while the
 * place could not be reached.
 */
export const owedAnswers: Chore<{ id: string }> = {
  name: 'owed answers',
  find: ({ answers }) => answers.listOwed(),
  workOff: ({ id }, { answers }) => answers.settle(id),
};
