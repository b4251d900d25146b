import type { Rule } from '../rule.ts';

/** One rule for each kind of integration point: where the component touches what. */
const pointRules: Rule[] = [
  point('http-api-call', 'http-api', 'Call of an HTTP API'),
  point('database-access', 'database', 'Database access'),
  point('file-access', 'file-system', 'File access'),
  point('network-access', 'network', 'Network access'),
  point('subprocess-call', 'subprocess', 'Start of a program'),
  point('library-use', 'library', 'Third-party library'),
  point('environment-variable', 'configuration', 'Environment variable'),
  point('configuration-file', 'configuration', 'Configuration from a file'),
];

/** What `lib/analysis/integration` reports. */
export const integrationRules: Rule[] = [
  ...pointRules,
  {
    id: 'unhandled-integration-error',
    category: 'integration',
    topic: 'error-handling',
    severity: 'low',
    confidence: 'medium',
    title: 'Outside call without error handling',
    advice: 'Catch the failure where something can be done about it: retry, report or give up.',
  },
  {
    id: 'http-without-timeout',
    category: 'integration',
    topic: 'http-api',
    severity: 'medium',
    confidence: 'medium',
    title: 'HTTP request without a time limit',
    advice: 'Pass a time limit, for example `signal: AbortSignal.timeout(10_000)`.',
  },
  unlimited('database-without-timeout', 'database', 'Database connection without a time limit'),
  unlimited('connection-without-timeout', 'network', 'Network connection without a time limit'),
  {
    id: 'subprocess-without-timeout',
    category: 'integration',
    topic: 'subprocess',
    severity: 'low',
    confidence: 'medium',
    title: 'Program that is awaited without a time limit',
    advice: 'Pass a `timeout` and say what happens when it passes.',
  },
  {
    id: 'environment-without-default',
    category: 'integration',
    topic: 'configuration',
    severity: 'info',
    confidence: 'high',
    title: 'Environment variable that must be set',
    advice: 'Check at the start that it is set, or give it a default.',
  },
  {
    id: 'undeclared-dependency',
    category: 'integration',
    topic: 'library',
    severity: 'medium',
    confidence: 'medium',
    title: 'Library that no manifest declares',
    advice:
      'Declare it with a version; another package that happens to bring it may stop doing so.',
  },
  {
    id: 'unpinned-dependency',
    category: 'integration',
    topic: 'library',
    severity: 'low',
    confidence: 'high',
    title: 'Library without a version',
    advice: 'Declare which versions the code works with.',
  },
];

function unlimited(id: string, topic: Rule['topic'], title: string): Rule {
  return {
    id,
    category: 'integration',
    topic,
    severity: 'low',
    confidence: 'high',
    title,
    advice: 'Pass a time limit: the default waits for as long as the system does, or for ever.',
  };
}

function point(id: string, topic: Rule['topic'], title: string): Rule {
  const advice = 'Know that it is there; nothing has to be done.';
  return {
    id,
    category: 'integration',
    topic,
    severity: 'info',
    confidence: 'high',
    title,
    advice,
  };
}
