import { oneLineText } from '../domain/plain-text.ts';
import type { Cause, RunLogLine } from '../domain/run.ts';

/** `2026-11-22 14:05:09` UTC. */
export function formatTime(iso: string): string {
  return iso.slice(0, 19).replace('T', ' ');
}

/** `340 ms`, `12.4 s`, `3 min 5 s`; empty while it goes on. */
export function formatDuration(startedAt: string, endedAt: string | null): string {
  if (endedAt === null) return '';
  const milliseconds = Date.parse(endedAt) - Date.parse(startedAt);
  if (milliseconds < 1_000) return `${milliseconds} ms`;
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

const causeTexts: Record<Exclude<Cause['kind'], 'run' | 'delivery'>, string> = {
  schedule: 'by schedule',
  cli: 'by a person',
  setup: 'on first start',
};

export function formatCause(cause: Cause): string {
  if (cause.kind === 'run') return `by run ${cause.runId.slice(0, 8)}`;
  if (cause.kind === 'delivery') return `by delivery ${cause.deliveryId.slice(0, 8)}`;
  return causeTexts[cause.kind];
}

/** For those who ask for JSON. */
const hiddenInLines: ReadonlySet<string> = new Set(['stack']);

/** `14:05:09 info  report: Report written (findings=12, new=3)` */
export function formatLogLine({ at, fields, level, message, task }: RunLogLine): string {
  const place = task === null ? '' : `${task}: `;
  const details = formatFields(fields, hiddenInLines);
  return oneLineText(`${at.slice(11, 19)} ${level.padEnd(5)} ${place}${message}${details}`);
}

/** ` (findings=12, key=a/b)`; empty without a field that says something. */
export function formatFields(
  fields: Readonly<Record<string, unknown>>,
  hidden: ReadonlySet<string>,
): string {
  const shown = Object.entries(fields)
    .filter(([name, value]) => !hidden.has(name) && value !== undefined && value !== null)
    // A provider whose own word for a state is ours.
    .filter(([name, value]) => name !== 'status' || value !== fields['state'])
    .map(([name, value]) => `${name}=${formatValue(name, value)}`);
  return shown.length === 0 ? '' : ` (${shown.join(', ')})`;
}

/** Of ids as much as lists show: commands take it for the whole. */
function formatValue(name: string, value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value);
  return name.endsWith('Id') && uuid.test(value) ? value.slice(0, 8) : value;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
