import { derivedId, DomainError, type Position } from '@poinciana/event-sourcing';
import { customerErased } from '../domain/customer.js';
import { planFields } from '@poinciana/participant-file';
import { originsOfDoor } from '../domain/item-origin.js';
import type { ItemOutcome } from '../domain/item-outcome.js';
import { participantGone } from '../domain/participant.js';
import { readEdit } from '../domain/read-edit.js';
import type { CallerCommand } from './caller-command.js';
import type { KnownCampaigns } from './known-campaigns.js';
import type { KnownPeople } from './known-people.js';
import type { ResolveCustomers } from './resolve-customers.js';
import type { UpsertParticipants } from './upsert-participants.js';

export interface ParticipantEdit {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly timezone?: unknown;
}

export interface EditedParticipant {
  readonly outcome: Exclude<ItemOutcome, { outcome: 'failed' }>;
  readonly position: Position;
}

/** Changes values of one participant by hand: any field of the campaign, through the one path of all doors. */
export class EditParticipant {
  constructor(
    private readonly campaigns: KnownCampaigns,
    private readonly people: KnownPeople,
    private readonly resolveCustomers: ResolveCustomers,
    private readonly upserts: UpsertParticipants,
  ) {}

  /** Throws a `DomainError` for a participant who is not there, and for values that are not valid. */
  async execute(
    { workspace, actor, causation }: CallerCommand,
    campaignId: string,
    participantId: string,
    edit: ParticipantEdit,
  ): Promise<EditedParticipant> {
    const { fields, zone } = await this.campaigns.target(workspace, campaignId);
    const { customerId, life, timeZone } = await this.people.participant(workspace, campaignId, participantId);
    const plan = planFields(fields.map((field) => ({ ...field, import: true })));
    // Who loses the own zone is in the workspace's from now on.
    const zoneAfter = edit.timezone === null ? zone : (timeZone ?? zone);
    const item = readEdit(edit.attributes, plan, { zone: zoneAfter }, edit.timezone);
    const [warnings = []] = await this.resolveCustomers.claimFor(workspace, [{ customerId, keys: item.keys }]);
    const cause = derivedId(workspace, causation, 'edit', participantId);
    const origins = originsOfDoor({ door: 'api', cause, causation, actor });
    const batch = { workspace, campaignId, plan, zone, items: [item], origins, mayBeRepeated: true };
    const resolved = [{ item, customerId, participantId, life, warnings: [...item.warnings, ...warnings] }];
    const { outcomes, position } = await this.upserts.write({ batch, resolved, newcomers: new Set() });
    return { outcome: takenOrRefused(outcomes), position };
  }
}

/** The outcome of the only item. Throws the rule that refused it. */
function takenOrRefused([outcome]: readonly ItemOutcome[]): EditedParticipant['outcome'] {
  if (outcome === undefined) throw new Error('A batch of one item has one outcome');
  if (outcome.outcome !== 'failed') return outcome;
  const [problem] = outcome.problems;
  if (problem === undefined) throw new Error('A refused item names its problem');
  if (problem.code === 'participant_gone') throw participantGone();
  if (problem.code === 'customer_erased') throw customerErased();
  throw new DomainError('invalid_values', `Not valid: ${problem.reason}`, 'invalid', { problems: [problem] });
}
