import { z } from 'zod';
import type { TrackerAdmin } from '../../ports/tracker-admin.ts';
import { listOf } from './issue-shapes.ts';
import { answered, type LinearRequests, type Question } from './requests.ts';

export const teamDocuments = {
  team: `query Team($key: String!) {
    teams(first: 1, filter: { key: { eqIgnoreCase: $key } }) { nodes { id key name } }
  }`,
  teams: `query Teams { teams(first: 250) { nodes { id key name } } }`,
  states: `query States($team: String!) {
    team(id: $team) { states(first: 100) { nodes { name type } } }
  }`,
};

const teamsSchema = z.object({
  teams: listOf(z.object({ id: z.string(), key: z.string(), name: z.string() })),
});
const statesSchema = z.object({
  team: z.object({ states: listOf(z.object({ name: z.string(), type: z.string() })) }),
});

export function createTeamAdmin(
  requests: LinearRequests,
): Pick<TrackerAdmin, 'findTeam' | 'listStates' | 'listTeams'> {
  // A person waits for it.
  const ask = async <T>(question: Question<T>) =>
    answered(await requests.ask(question, { urgency: 'answer' }));
  return {
    findTeam: async (key) => {
      const document = teamDocuments.team;
      const { teams } = await ask({ document, variables: { key }, result: teamsSchema });
      return teams.nodes[0];
    },
    listTeams: async () => {
      const document = teamDocuments.teams;
      const { teams } = await ask({ document, variables: {}, result: teamsSchema });
      return teams.nodes.toSorted((a, b) => a.key.localeCompare(b.key));
    },
    listStates: async (teamId) => {
      const document = teamDocuments.states;
      const { team } = await ask({ document, variables: { team: teamId }, result: statesSchema });
      return team.states.nodes;
    },
  };
}
