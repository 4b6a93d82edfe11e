import type { StateWrite } from '@poinciana/messaging';
import { type AudienceChange, HeldFields } from './held-fields.js';

interface Held {
  readonly workspace: string;
  readonly living: number;
  readonly fields: ReadonlySet<string>;
}

/** The twin for tests. */
export class InMemoryHeldFields extends HeldFields<unknown> {
  private readonly campaigns = new Map<string, Held>();

  override async of(workspace: string, campaignId: string): Promise<readonly string[]> {
    const held = this.campaigns.get(campaignId);
    return held?.workspace === workspace ? [...held.fields].toSorted() : [];
  }

  override note(changes: readonly AudienceChange[]): StateWrite<unknown> {
    return async () => {
      for (const { campaignId, workspace, living, fields } of changes) {
        const held = this.campaigns.get(campaignId) ?? { workspace, living: 0, fields: new Set<string>() };
        const left = held.living + living;
        const filled = left > 0 ? new Set([...held.fields, ...fields]) : new Set<string>();
        this.campaigns.set(campaignId, { workspace, living: left, fields: filled });
      }
    };
  }
}
