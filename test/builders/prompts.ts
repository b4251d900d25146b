import type { PromptRequest } from '../../lib/domain/agents/prompts/prompt-request.ts';
import { report } from './reports.ts';

/**
 * What an agent is asked of a component of which nothing is known; tests fill in what they are
 * about.
 */
export function promptRequest(overrides: Partial<PromptRequest> = {}): PromptRequest {
  return {
    analysis: 'code-quality',
    repository: 'acme/shop',
    component: 'orders',
    paths: ['orders/**'],
    commit: '0123456789'.repeat(4),
    files: [],
    findings: [],
    graph: report().graph,
    integrationPoints: [],
    instructions: null,
    mayChangeCode: false,
    before: null,
    answerMark: '7f3a9c2e',
    ...overrides,
  };
}
