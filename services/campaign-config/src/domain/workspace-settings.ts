import { canonicalZone } from '@poinciana/campaign-definition';
import { DomainError } from '@poinciana/event-sourcing';
import { type SeenState, assertSeen } from './seen-state.js';
import type { Workspace, WorkspaceEvent } from './workspace.js';

interface TypedSettings {
  readonly name: string;
  readonly timeZone: string;
  readonly seen?: SeenState | undefined;
}

export function saveSettings(typed: TypedSettings, state: Workspace): readonly WorkspaceEvent[] {
  const timeZone = zoneOf(typed.timeZone);
  const name = typed.name.trim();
  if (name === state.name && timeZone === state.timeZone) return [];
  if (state.name !== '') assertSeen(typed.seen, settingsOf(state));
  return [{ type: 'WorkspaceSettingsSaved', data: { name, timeZone } }];
}

/** What an editor of the settings has seen. */
export function settingsOf({ name, timeZone }: Workspace): object {
  return { name, timeZone };
}

/** An IANA zone in any case, and in an old spelling, becomes its canonical name; offsets and unknown names are refused (A88). */
function zoneOf(typed: string): string {
  const zone = canonicalZone(typed.trim());
  if (zone !== undefined) return zone;
  throw new DomainError('unknown_timezone', `'${typed.slice(0, 60)}' is not an IANA time zone such as Europe/London`);
}
