import type { Category, Topic } from '../../finding.ts';

/** What one analysis asks of an agent. */
export interface Questions {
  /** As it stands in a sentence: `the code quality`. */
  subject: string;
  /** The attitude to read the code with: a sentence. */
  aim: string;
  asks: readonly Question[];
}

export interface Question {
  name: string;
  /** What a finding on it bears; null where no topic of ours fits. */
  topic: Topic | null;
  /** What to look for. */
  text: string;
}

const codeQuality: Questions = {
  subject: 'the code quality',
  aim: 'Read the code as somebody who has to change it next month.',
  asks: [
    {
      name: 'Unused code',
      topic: 'unused-code',
      text:
        'functions, branches, settings and files that nothing needs any more, also those that ' +
        'only their own tests keep alive. Look for callers outside the component, for ' +
        'registries and for use by name first.',
    },
    {
      name: 'Parameters',
      topic: 'parameters',
      text:
        'those that are ignored, contradict each other, are easily mixed up, or have a default ' +
        'that surprises; switches that make two functions of one.',
    },
    {
      name: 'Error handling',
      topic: 'error-handling',
      text:
        'errors that are dropped, caught too broadly, or turned into a value that callers take ' +
        'for success; clean-up that does not happen when something throws; retries of what ' +
        'must not happen twice.',
    },
    {
      name: 'Correctness',
      topic: 'correctness',
      text:
        'plain mistakes: limits that are off by one, conditions the wrong way round, races, ' +
        'states nobody thought of, mixed-up units and time zones.',
    },
    {
      name: 'Duplication',
      topic: 'duplication',
      text:
        'one rule written down in several places that can drift apart; not lines that look ' +
        'alike.',
    },
    {
      name: 'Performance',
      topic: 'performance',
      text:
        'work that grows faster than its input, one call an item where one would do, blocking ' +
        'where others wait, reading all to use little. Say from which size on it hurts.',
    },
    {
      name: 'Security',
      topic: 'security',
      text:
        'input from outside that reaches a query, command, path, template, address or ' +
        'deserialiser unchecked; missing checks of who may do what; secrets in code or logs.',
    },
    {
      name: 'Documentation',
      topic: 'documentation',
      text:
        'comments that say something else than the code does, and public functions whose ' +
        'limits, units, errors or effects a caller cannot guess.',
    },
  ],
};

const architecture: Questions = {
  subject: 'the architecture',
  aim: 'Judge how its parts are cut and tied together, and what that will cost as it grows.',
  asks: [
    {
      name: 'Patterns',
      topic: null,
      text:
        'which ones the code follows (layers, ports and adapters, pipelines, events), where it ' +
        'breaks them, and where one is more than the task needs.',
    },
    {
      name: 'Separation of concerns',
      topic: 'size',
      text:
        'modules, classes and functions that do several jobs, and jobs that are spread over ' +
        'many; rules entangled with input and output.',
    },
    {
      name: 'Dependencies',
      topic: 'dependencies',
      text:
        'their direction, cycles and how to break them, stable parts that rest on changing ' +
        'ones, outside packages that reach everywhere.',
    },
    {
      name: 'Interfaces',
      topic: 'interface',
      text:
        'what the component offers to others: too wide, leaking its inside, hard to use ' +
        'rightly, impossible to change without breaking somebody.',
    },
    {
      name: 'Coupling',
      topic: 'coupling',
      text:
        'knowledge that two parts must share to work: shared mutable state, order of calls, ' +
        'formats, names; changes that always touch several places.',
    },
    {
      name: 'Scalability',
      topic: null,
      text:
        'what limits it when data, users or teams grow tenfold: state in memory, single ' +
        'writers, fan-out, locks, missing limits and pages.',
    },
    {
      name: 'Integration',
      topic: null,
      text:
        'how it meets the rest of the system: contracts, events, shared tables, versions, and ' +
        'what happens when the other side is old, late or gone.',
    },
  ],
};

const integration: Questions = {
  subject: 'the integration points',
  aim: 'Follow every way out of the process, and ask what happens when the other side misbehaves.',
  asks: [
    {
      name: 'HTTP APIs',
      topic: 'http-api',
      text:
        'time limits, retries (only of what may happen twice), rate limits, pages, checks of ' +
        'what comes back, addresses made of input, credentials in logs or addresses.',
    },
    {
      name: 'Databases',
      topic: 'database',
      text:
        'transactions that end too early or too late, queries in loops, missing limits, ' +
        'connections that are not given back, changes that older code cannot live with.',
    },
    {
      name: 'Files',
      topic: 'file-system',
      text: 'half-written files, paths made of input, missing clean-up, files read whole.',
    },
    {
      name: 'Network',
      topic: 'network',
      text: 'ends that nobody notices, messages that arrive twice, late or never, missing limits.',
    },
    {
      name: 'Subprocesses',
      topic: 'subprocess',
      text:
        'arguments made of input, output that nobody reads, exit codes that nobody looks at, ' +
        'processes that outlive their parent.',
    },
    {
      name: 'Libraries',
      topic: 'library',
      text:
        'outside packages that are used against their contract, unmaintained, declared and not ' +
        'used, or used and not declared.',
    },
    {
      name: 'Configuration',
      topic: 'configuration',
      text:
        'settings that are read late, unchecked or in several places, defaults that are ' +
        'dangerous, secrets that are treated like settings.',
    },
    {
      name: 'Error handling',
      topic: 'error-handling',
      text:
        'at each of these points: what a failure, a time-out or half an answer does to the ' +
        'caller, to what is stored, and to the person who waits.',
    },
  ],
};

export const questionsOf: Record<Category, Questions> = {
  'code-quality': codeQuality,
  architecture,
  integration,
};
