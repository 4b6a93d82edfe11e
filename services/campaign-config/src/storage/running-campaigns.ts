/** Campaigns that are Active or in Error, by workspace: the ones that a broken channel or a deleted agent concerns. */
export abstract class RunningCampaigns {
  abstract of(workspace: string): Promise<readonly string[]>;
  abstract add(workspace: string, campaignIds: readonly string[]): Promise<void>;
  abstract remove(campaignIds: readonly string[]): Promise<void>;
}
