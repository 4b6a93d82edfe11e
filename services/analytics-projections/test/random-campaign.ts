import { idOf, type SpecLog } from './stored-events.js';

/** What is told of a campaign between its beginning and its end; what each says of its row. */
const CHANGES = [
  ['CampaignEdited', { name: 'Renamed', description: 'Remind' }],
  ['FieldsDefined', {}],
  ['FlowSaved', {}],
  ['FlowActivated', {}],
  ['FlowDeactivated', {}],
  ['CampaignStarted', { status: 'Active' }],
  ['CampaignStopped', { status: 'Inactive' }],
  ['CampaignFailed', { status: 'Error', error: { code: 'channel_failed', message: 'The channel does not answer' } }],
] as const;
/** Of ten choices: the one that ends it. */
const END = 9;

/** A campaign that is made, defined, started, stopped and deleted; another one begins where it ended. */
export class RandomCampaign {
  private number = 0;
  private state: object | undefined;

  constructor(
    private readonly log: SpecLog,
    private readonly workspace: string,
  ) {}

  take(choice: number): void {
    if (this.state === undefined) this.begin(choice);
    else if (choice === END) this.end();
    else this.change(CHANGES[choice % CHANGES.length] ?? CHANGES[0]);
  }

  private begin(choice: number): void {
    this.number += 1;
    this.state = { name: `Campaign ${choice}` };
    this.append('CampaignCreated');
  }

  private change([type, changed]: (typeof CHANGES)[number]): void {
    this.state = { ...this.state, error: undefined, ...changed };
    this.append(type);
  }

  private end(): void {
    this.append('CampaignDeleted');
    this.state = undefined;
  }

  private append(type: string): void {
    const id = idOf(`campaign ${this.workspace} ${this.number}`);
    this.log.campaign(type, { id, ...this.state }, { workspace: this.workspace });
  }
}
