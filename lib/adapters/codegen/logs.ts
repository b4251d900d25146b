import { z } from 'zod';
import { shorten } from '../../domain/plain-text.ts';
import type { AgentLogEntry, AgentLogPage, AgentLogQuery } from '../../ports/agent-provider.ts';
import { timeOf } from './agent-run-answer.ts';
import type { CodegenApi } from './api.ts';

const optionalText = z.string().nullable().catch(null);

const entrySchema = z.object({
  created_at: optionalText,
  message_type: optionalText,
  tool_name: optionalText,
  thought: optionalText,
  tool_input: z.unknown(),
  observation: z.unknown(),
  tool_output: z.unknown(),
});

const pageSchema = z.object({
  logs: z.array(entrySchema),
  total_logs: z.int().nullable().catch(null),
});

/** Tools answer with whole files. */
const mostCharacters = 4_000;

/** Oldest first. The address is one of the API's alpha version. */
export async function readLogs(
  api: CodegenApi,
  runNumber: number,
  { limit, skip }: AgentLogQuery,
): Promise<AgentLogPage> {
  const { logs, total_logs } = await api.ask({
    method: 'GET',
    version: 'v1/alpha',
    path: `/agent/run/${runNumber}/logs?skip=${skip}&limit=${limit}&reverse=false`,
    schema: pageSchema,
    missing: `Codegen does not know the agent run ${runNumber}, or tells nothing of it`,
  });
  return { entries: logs.map(entryOf), total: total_logs };
}

function entryOf(entry: z.infer<typeof entrySchema>): AgentLogEntry {
  const { created_at, message_type, observation, thought, tool_input, tool_name, tool_output } =
    entry;
  const tool = tool_name === null ? null : `${tool_name} ${textOf(tool_input) ?? ''}`.trimEnd();
  const parts = [thought, tool, textOf(observation), textOf(tool_output)];
  const text = parts.filter((part) => part !== null && part !== '').join('\n');
  return {
    at: timeOf(created_at),
    kind: message_type ?? 'unknown',
    text: shorten(text, mostCharacters),
  };
}

function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
