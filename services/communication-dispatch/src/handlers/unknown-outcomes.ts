import { unknownOutcomeRule } from '@poinciana/campaign-definition';
import type { KnownDefinitions } from './known-definitions.js';
import type { DueClaim } from './work-off-due.js';

/** Attempts at a communication whose channel is set to try again although nobody knows what became of the last. */
export const TRIES_MAX = 3;

/** What is given up by time alone is tried again where its channel is set to `at_least_once` ([C]10). */
export async function withRules(due: readonly DueClaim[], definitions: KnownDefinitions): Promise<readonly DueClaim[]> {
  const settling = due.filter(({ todo }) => todo.action === 'decide' && todo.command.type === 'SettleUnknown');
  if (settling.length === 0) return due;
  const workspaces = await definitions.workspaces(settling.map(({ claim }) => claim.workspace));
  return due.map((each): DueClaim => {
    const { claim, todo } = each;
    if (todo.action !== 'decide' || todo.command.type !== 'SettleUnknown') return each;
    const channel = workspaces.get(claim.workspace)?.channels[claim.channelId];
    if (unknownOutcomeRule(channel?.settings ?? {}) === 'never_twice') return each;
    return { claim, todo: { ...todo, command: { ...todo.command, triesMax: TRIES_MAX } } };
  });
}
