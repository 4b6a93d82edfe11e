import { bundleOf } from '../domain/bundle/bundle-of.js';
import { type BundleFiles, definitionHash, packBundle } from '../bundle/zip-archive.js';
import type { CampaignStreams } from './campaign-streams.js';
import type { WorkspaceStreams } from './workspace-streams.js';

export interface ExportedCampaign {
  readonly name: string;
  /** Tells whether two bundles define the same. */
  readonly hash: string;
  readonly bytes: Uint8Array;
}

/** A campaign as a bundle: fields and flows, readable, without secrets and without people. */
export class ExportCampaign {
  constructor(
    private readonly campaigns: CampaignStreams,
    private readonly workspaces: WorkspaceStreams,
  ) {}

  async execute(workspaceId: string, campaignId: string): Promise<ExportedCampaign> {
    const { campaign } = await this.campaigns.read(workspaceId, campaignId);
    const { workspace } = await this.workspaces.read(workspaceId);
    const bundle = bundleOf(campaign, workspace);
    const files: BundleFiles = {
      'campaign.json': JSON.stringify(bundle.campaign, undefined, 2),
      'definition.json': JSON.stringify(bundle.definition, undefined, 2),
    };
    return { name: campaign.name, hash: definitionHash(files), bytes: packBundle(files) };
  }
}
