import {
  agentAttempts,
  isFinalAgentRunState,
  type AgentRun,
} from '../../lib/domain/agents/agent-run.ts';
import { decideAgentStatus, type AgentStatus } from '../../lib/domain/agents/agent-status.ts';
import { RequestRejectedError } from '../../lib/domain/errors.ts';
import type { BudgetUse } from '../../lib/flows/agents/agent-budget.ts';
import type { AgentRunQuery } from '../../lib/flows/agents/agent-runs.ts';
import type { AgentServices } from '../../lib/flows/agents/agent-services.ts';
import { readUsage, type Usage } from '../../lib/flows/usage/usage.ts';
import type { AgentLogPage, AgentLogQuery } from '../../lib/ports/agent-provider.ts';
import type { SecretPresence } from '../../lib/ports/secret-store.ts';
import type { Store } from '../../lib/ports/store.ts';
import { findAgentRun } from './find-agent-run.ts';

