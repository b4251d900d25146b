import { answerMarkers } from '../../lib/domain/agents/prompts/answer-format.ts';

/** An answer as an agent is asked for it. */
export interface WrittenAnswer {
  summary?: string;
  findings?: readonly object[];
  declined?: string | null;
}

/** What an agent answers that does as it is told. */
export function answerText(mark: string, answer: WrittenAnswer): string {
  const { begin, end } = answerMarkers(mark);
  return [begin, JSON.stringify({ declined: null, ...answer }, null, 2), end].join('\n');
}

/** The same to a prompt, whose mark it bears. */
export function answerTo(prompt: string, answer: WrittenAnswer): string {
  const [, mark = ''] = /"BEGIN ANSWER (\w+)"/.exec(prompt) ?? [];
  return answerText(mark, answer);
}

/** A finding as an agent writes it. */
export function writtenFinding(overrides: object = {}): object {
  return {
    topic: 'error-handling',
    severity: 'high',
    path: 'orders/payment.py',
    line: 31,
    title: 'A failed charge counts as paid.',
    detail: 'The status is not looked at. Raise for it.',
    ...overrides,
  };
}
