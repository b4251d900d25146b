import type { Category, Confidence, Severity, Topic } from '../domain/finding.ts';

/** What a rule means to the reader of a report, whichever linter or check of ours reports it. */
export interface Rule {
  /** Kebab-case, the same for every language: `unused-import`. */
  id: string;
  category: Category;
  topic: Topic;
  severity: Severity;
  /** How sure a hit is, where the hit itself does not say. */
  confidence: Confidence;
  /** A noun phrase for tables: `Unused import`. */
  title: string;
  /** One sentence in the imperative: what to do about it. */
  advice: string;
}

/** One hit before it has become a finding: severity, category and fingerprint are still to come. */
export interface Hit {
  /** Id of a rule in the catalogue. */
  rule: string;
  path: string;
  line: number;
  /** A full sentence that names what was hit: "`load` takes `path` and never uses it." */
  message: string;
  symbol?: string;
  tool?: string;
  /** Where they differ from the rule's own. */
  severity?: Severity;
  confidence?: Confidence;
}
