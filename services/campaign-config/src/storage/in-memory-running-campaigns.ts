import { RunningCampaigns } from './running-campaigns.js';

/** The twin for tests. */
export class InMemoryRunningCampaigns extends RunningCampaigns {
  private readonly workspaces = new Map<string, string>();

  override async of(workspace: string): Promise<readonly string[]> {
    return [...this.workspaces].flatMap(([id, theirs]) => (theirs === workspace ? [id] : [])).toSorted();
  }

  override async add(workspace: string, campaignIds: readonly string[]): Promise<void> {
    for (const id of campaignIds) this.workspaces.set(id, workspace);
  }

  override async remove(campaignIds: readonly string[]): Promise<void> {
    for (const id of campaignIds) this.workspaces.delete(id);
  }
}
