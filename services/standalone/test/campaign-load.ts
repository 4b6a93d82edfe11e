import type { CampaignClient, CommandOutcome, CommandRequest } from './campaign-client.js';
import type { SeededRandom } from './seeded-random.js';

/** What a campaign looks like to whoever may change it. */
export interface CampaignState {
  readonly name: string;
  readonly description: string;
}

/** A command that was sent, and what is known of it. */
export interface SentCommand {
  readonly id: string;
  readonly workspace: string;
  readonly type: 'CampaignCreated' | 'CampaignEdited' | 'CampaignDeleted';
  /** Undefined for a creation of which nothing is known. */
  readonly campaignId: string | undefined;
  /** What the campaign is after it. */
  readonly state: CampaignState;
  readonly outcome: CommandOutcome;
}

interface OwnCampaign extends CampaignState {
  readonly id: string;
  readonly position: number;
}

export interface LoadSettings {
  readonly client: CampaignClient;
  readonly random: SeededRandom;
  readonly workspace: string;
  /** Names that several clients want at the same time. */
  readonly contestedNames: readonly string[];
}

const OWN_CAMPAIGNS_MAX = 6;
const UNREPEATED = 0.3;

/**
 * One user who creates, renames, describes and deletes campaigns and looks at the view, one thing after the other. Nobody else
 * touches what it created, so it knows each campaign's state; one of which it does not know is left alone from then on.
 */
export class CampaignLoad {
  readonly sent: SentCommand[] = [];
  readonly findings: string[] = [];
  reads = 0;
  private own: readonly OwnCampaign[] = [];
  private names = 0;

  constructor(private readonly settings: LoadSettings) {}

  async work(isOver: () => boolean): Promise<void> {
    while (!isOver()) await this.step();
  }

  private async step(): Promise<void> {
    const { random } = this.settings;
    const chosen = random.pick(this.own);
    if (chosen === undefined || (this.own.length < OWN_CAMPAIGNS_MAX && random.happens(0.35))) return this.create();
    const chance = random.fraction();
    if (chance < 0.3) return this.edit(chosen, { name: this.newName() });
    if (chance < 0.5) return this.edit(chosen, { description: `described ${random.uuid()}` });
    if (chance < 0.75) return this.remove(chosen);
    return this.look(chosen);
  }

  private async create(): Promise<void> {
    const state = { name: this.newName(), description: 'new' };
    const { outcome } = await this.send('CampaignCreated', undefined, state, { method: 'POST', path: '', body: state });
    if (outcome.outcome !== 'acknowledged' || outcome.campaignId === undefined) return;
    this.own = [...this.own, { ...state, id: outcome.campaignId, position: outcome.position }];
  }

  private async edit(campaign: OwnCampaign, change: Partial<CampaignState>): Promise<void> {
    // What changes nothing causes no event, and this load counts one for each command.
    if (change.name === campaign.name) return;
    const state = { name: campaign.name, description: campaign.description, ...change };
    const request = { method: 'PATCH', path: `/${campaign.id}`, body: change } as const;
    const { outcome } = await this.send('CampaignEdited', campaign.id, state, request);
    this.forget(campaign);
    if (outcome.outcome === 'refused') this.own = [...this.own, campaign];
    if (outcome.outcome !== 'acknowledged') return;
    const edited = { ...campaign, ...state, position: outcome.position };
    this.own = [...this.own, edited];
    if (this.settings.random.happens(0.3)) await this.look(edited);
  }

  private async remove(campaign: OwnCampaign): Promise<void> {
    const request = { method: 'DELETE', path: `/${campaign.id}` } as const;
    const { outcome } = await this.send('CampaignDeleted', campaign.id, campaign, request);
    this.forget(campaign);
    if (outcome.outcome !== 'acknowledged' || !this.settings.random.happens(0.3)) return;
    const found = await this.read(campaign.name, outcome.position);
    if (found.some(({ id }) => id === campaign.id)) this.findings.push(`${campaign.id} is read after its deletion`);
  }

  /** Reads what was written: once the view has come to the position of the write, it shows exactly that. */
  private async look({ id, name, description, position }: OwnCampaign): Promise<void> {
    const found = (await this.read(name, position)).filter((line) => line.id === id);
    const [line] = found;
    if (found.length !== 1) this.findings.push(`${id} is in the view ${found.length} times at ${position}`);
    else if (line?.name !== name || line.description !== description)
      this.findings.push(`${id} is read as ${JSON.stringify(line)} and is ${name}, ${description}`);
  }

  private read(name: string, position: number): Promise<readonly { id: string; name: string; description: string }[]> {
    this.reads += 1;
    return this.settings.client.campaignsNamed(name, position);
  }

  private async send(
    type: SentCommand['type'],
    campaignId: string | undefined,
    { name, description }: CampaignState,
    request: Omit<CommandRequest, 'id'>,
  ): Promise<SentCommand> {
    const { client, random, workspace } = this.settings;
    const id = random.uuid();
    const outcome = await client.command({ ...request, id }, !random.happens(UNREPEATED));
    const found = outcome.outcome === 'acknowledged' ? outcome.campaignId : undefined;
    const sent = { id, workspace, type, campaignId: campaignId ?? found, state: { name, description }, outcome };
    this.sent.push(sent);
    return sent;
  }

  private forget(campaign: OwnCampaign): void {
    this.own = this.own.filter(({ id }) => id !== campaign.id);
  }

  /** Some names several clients want; the case differs, which is no difference to a name. */
  private newName(): string {
    const { random, contestedNames } = this.settings;
    const contested = random.happens(0.25) ? random.pick(contestedNames) : undefined;
    if (contested !== undefined) return random.happens(0.5) ? contested : contested.toUpperCase();
    this.names += 1;
    return `Campaign ${random.uuid().slice(0, 8)} ${this.names}`;
  }
}
