import type { Problem } from '@poinciana/campaign-definition';
import { DomainError, TransientError, derivedId } from '@poinciana/event-sourcing';
import { parseBody } from '@poinciana/service-kit';
import { definitionHash, unpackBundle } from '../bundle/zip-archive.js';
import type { Bundle } from '../domain/bundle/bundle.js';
import { type ImportPlan, importProblems, planImport } from '../domain/bundle/import-plan.js';
import { readBundle } from '../domain/bundle/read-bundle.js';
import type { ImportCampaign as ImportCommand } from '../domain/campaign-commands.js';
import { campaign as decider } from '../domain/campaign-decider.js';
import { noCampaign } from '../domain/campaign.js';
import { profileFields } from '../domain/field-guards.js';
import type { CampaignNaming } from './campaign-naming.js';
import type { CampaignNow, CampaignStreams } from './campaign-streams.js';
import type { Asking } from './command-context.js';
import { isRefusal } from './refusal.js';
import type { WorkspaceStreams } from './workspace-streams.js';

/** How many names are tried: `Spring`, `Spring 2`, … */
const NAMES_TRIED_MAX = 100;

/** What an import would do, before anything is stored. */
export interface ImportPreview extends ImportPlan {
  readonly hash: string;
  /** With a number behind it when the name is taken (A86). */
  readonly name: string;
  readonly description: string;
  /** What stands between each flow and its activation, in the order of the flows. */
  readonly problems: readonly (readonly Problem[])[];
}

/** Imports a bundle: all of it or nothing, the flows Inactive, under a name that is free (A86). */
export class ImportCampaignHandler {
  constructor(
    private readonly naming: CampaignNaming,
    private readonly campaigns: CampaignStreams,
    private readonly workspaces: WorkspaceStreams,
  ) {}

  /** Refuses what an import would refuse, and stores nothing. */
  async preview(workspaceId: string, bytes: Uint8Array): Promise<ImportPreview> {
    const { bundle, hash } = bundleIn(bytes);
    const { workspace } = await this.workspaces.read(workspaceId);
    const plan = planImport(bundle, workspace, (key) => derivedId('preview', key));
    const name = await this.freeName(workspaceId, bundle.campaign.name);
    const { description } = bundle.campaign;
    const { fields, flows } = plan;
    decider.decide({ type: 'ImportCampaign', id: '', name, description, fields, flows, workspace }, noCampaign);
    return { ...plan, hash, name, description, problems: importProblems(plan, workspace) };
  }

  async execute(asking: Asking, bytes: Uint8Array): Promise<CampaignNow> {
    const { bundle } = bundleIn(bytes);
    const { causation } = asking.request;
    const { workspace } = await this.workspaces.read(asking.caller.workspace);
    const { fields, flows } = planImport(bundle, workspace, (key) => derivedId('imported flow', causation, key));
    const wanted = { fields, flows, description: bundle.campaign.description, workspace };
    for (let number = 1; number <= NAMES_TRIED_MAX; number++) {
      const command = { type: 'ImportCampaign', name: numbered(bundle.campaign.name, number), ...wanted } as const;
      const imported = await this.importAs(asking, command);
      if (imported !== undefined) return imported;
    }
    throw new TransientError('No free name was found for the campaign');
  }

  /** Undefined when the name is taken. */
  private async importAs(asking: Asking, wanted: Omit<ImportCommand, 'id'>): Promise<CampaignNow | undefined> {
    const workspaceId = asking.caller.workspace;
    const { causation } = asking.request;
    const proposedId = derivedId('campaign', workspaceId, causation);
    if (await this.campaigns.isKnown(proposedId)) {
      return this.campaigns.execute(asking, proposedId, { ...wanted, id: proposedId });
    }
    decider.decide({ ...wanted, id: proposedId }, noCampaign);
    const added = profileFields(wanted.fields);
    if (added.length > 0) await this.workspaces.execute(asking, { type: 'DefineProfileFields', fields: added });
    try {
      const id = await this.naming.reserveForNew(workspaceId, wanted.name, proposedId, causation);
      return await this.campaigns.execute(asking, id, { ...wanted, id });
    } catch (error) {
      if (isRefusal(error, 'campaign_name_taken') || isRefusal(error, 'campaign_exists')) return undefined;
      throw error;
    }
  }

  private async freeName(workspaceId: string, wanted: string): Promise<string> {
    for (let number = 1; number <= NAMES_TRIED_MAX; number++) {
      const name = numbered(wanted, number);
      if (await this.naming.isFree(workspaceId, name)) return name;
    }
    return wanted;
  }
}

function numbered(name: string, number: number): string {
  return number === 1 ? name : `${name.trim()} ${number}`;
}

function bundleIn(bytes: Uint8Array): { readonly bundle: Bundle; readonly hash: string } {
  const files = unpackBundle(bytes);
  const [campaign, definition] = [files['campaign.json'], files['definition.json']].map(parseBody);
  if (campaign === undefined) throw new DomainError('not_a_bundle', 'The bundle is empty');
  return { bundle: readBundle(campaign, definition), hash: definitionHash(files) };
}
