import { Stack } from 'aws-cdk-lib';
import { deployedVariables } from '../../lib/runtime/deployed-environment.ts';
import type { DurableFlow } from './durable-flow.ts';
import type { Part } from './part.ts';

/** To know these flows. A flow cannot be told its own alias: the function comes before it. */
export function nameFlows(flows: readonly DurableFlow[]): Part {
  return {
    bindTo: (target) => {
      const aliases = flows.map(({ alias, file }) => [file, alias.functionArn] as const);
      const json = Stack.of(target).toJsonString(Object.fromEntries(aliases));
      target.setVariable(deployedVariables.flows, json);
    },
  };
}

/** To know these flows and start runs of them. */
export function startRuns(flows: readonly DurableFlow[]): Part {
  return {
    bindTo: (target) => {
      nameFlows(flows).bindTo(target);
      target.allow(
        ['lambda:InvokeFunction'],
        flows.map(({ alias }) => alias.functionArn),
      );
    },
  };
}

/** To read whether runs of these flows go on, and what they came to. */
export function readRunStates(flows: readonly DurableFlow[]): Part {
  return onRuns(flows, ['lambda:GetDurableExecution']);
}

/** To read the tasks of these flows' runs as well. */
export function readRunHistories(flows: readonly DurableFlow[]): Part {
  return onRuns(flows, ['lambda:GetDurableExecution', 'lambda:GetDurableExecutionHistory']);
}

/** To end runs of these flows. */
export function stopRuns(flows: readonly DurableFlow[]): Part {
  return onRuns(flows, ['lambda:StopDurableExecution']);
}

function onRuns(flows: readonly DurableFlow[], actions: readonly string[]): Part {
  return {
    bindTo: (target) => {
      for (const { runs } of flows) target.allowBelow(actions, runs);
    },
  };
}
