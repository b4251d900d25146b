import type { Rule } from '../rule.ts';
import { codeQuality } from './rule-rows.ts';

const errors = codeQuality('error-handling', [
  [
    'bare-except',
    'medium',
    'high',
    'Bare except',
    'Name the exceptions that are expected; let the others pass.',
  ],
  [
    'broad-except',
    'low',
    'medium',
    'Over-broad except',
    'Name the exceptions that are expected, or log the rest with its traceback.',
  ],
  [
    'swallowed-error',
    'medium',
    'high',
    'Swallowed error',
    'Handle the error, log it, or say in a comment why it does not matter.',
  ],
  [
    'lost-error-cause',
    'low',
    'high',
    'Lost error cause',
    'Pass the caught error on as the cause of the new one.',
  ],
  [
    'useless-catch',
    'low',
    'high',
    'Useless catch',
    'Remove the handler: it only throws the same error again.',
  ],
  [
    'duplicate-except',
    'medium',
    'high',
    'Duplicate exception handler',
    'Remove the handler that is never reached.',
  ],
  [
    'broken-except',
    'high',
    'high',
    'Handler that catches nothing',
    'Name exception classes in the handler: as written it does not catch what it says.',
  ],
  [
    'return-in-finally',
    'high',
    'high',
    'Jump out of finally',
    'Leave `finally` by its end: a return there drops the error in flight.',
  ],
  [
    'missing-raise',
    'high',
    'high',
    'Error made and not raised',
    'Raise the error: it is only created here.',
  ],
  [
    'invalid-raise',
    'high',
    'high',
    'Invalid raise',
    'Raise an instance of an exception class, inside a handler where it re-raises.',
  ],
  [
    'throw-literal',
    'medium',
    'high',
    'Thrown value is no error',
    'Throw an Error, so that there is a stack and a type to handle.',
  ],
  [
    'async-executor',
    'medium',
    'high',
    'Async promise executor',
    'Make the promise in an async function instead: errors in the executor are lost.',
  ],
  [
    'floating-task',
    'medium',
    'medium',
    'Task that nothing holds',
    'Keep the task and await it, so that it is not collected and its error is seen.',
  ],
  [
    'unclosed-file',
    'low',
    'medium',
    'File opened without a context manager',
    'Open the file by `with`, so that it is closed on every path.',
  ],
]);

const bugs = codeQuality('correctness', [
  [
    'comparison-error',
    'high',
    'high',
    'Comparison that cannot be meant',
    'Compare what was meant: as written the result is fixed or wrong.',
  ],
  [
    'assertion-without-effect',
    'high',
    'high',
    'Assertion that cannot fail',
    'Assert the condition itself.',
  ],
  [
    'duplicate-key',
    'high',
    'high',
    'Duplicate key',
    'Remove one of the two: only the last one counts.',
  ],
  [
    'duplicate-condition',
    'high',
    'high',
    'Duplicate condition',
    'Test what was meant: the second branch is never taken.',
  ],
  [
    'format-mismatch',
    'high',
    'high',
    'Format string does not fit its arguments',
    'Pass as many arguments as the text has places.',
  ],
  [
    'loop-variable-capture',
    'medium',
    'medium',
    'Function captures a loop variable',
    'Bind the value of the turn, as a default or an argument.',
  ],
  [
    'naive-datetime',
    'low',
    'high',
    'Time without a zone',
    'Use an aware time: `datetime.now(timezone.utc)`.',
  ],
  [
    'likely-bug',
    'high',
    'medium',
    'Code that fails or misleads when reached',
    'Read the line again: it does something else than it seems to.',
  ],
]);

/** Error handling, and code that does something else than it seems to. */
export const bugRules: readonly Rule[] = [...errors, ...bugs];
