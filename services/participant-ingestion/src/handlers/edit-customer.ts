import { SYSTEM_FIELDS } from '@poinciana/campaign-definition';
import { derivedId, type EventStore, executeCommand, type Position } from '@poinciana/event-sourcing';
import type { Clock } from '@poinciana/service-kit';
import { customer } from '../domain/customer.js';
import { type FieldPlan, planFields } from '@poinciana/participant-file';
import { readEdit } from '../domain/read-edit.js';
import type { CustomerParticipants } from '../storage/customer-participants.js';
import type { CallerCommand } from './caller-command.js';
import type { KnownCampaigns } from './known-campaigns.js';
import type { KnownPeople } from './known-people.js';
import type { ResolveCustomers } from './resolve-customers.js';
import { customerStream } from './streams.js';

export interface EditCustomerPorts {
  readonly store: EventStore;
  readonly campaigns: KnownCampaigns;
  readonly people: KnownPeople;
  readonly participants: CustomerParticipants;
  readonly resolveCustomers: ResolveCustomers;
  readonly clock: Clock;
}

/**
 * Changes a profile by hand. Its participants follow in every campaign, as they follow any change (A44). The stream is read
 * whole: a repeated request finds what it did, also when others changed the profile since.
 */
export class EditCustomer {
  constructor(private readonly ports: EditCustomerPorts) {}

  /** Throws a `DomainError` for a customer who is not there, and for values that are not valid. */
  async execute(
    { workspace, actor, causation }: CallerCommand,
    customerId: string,
    attributes: Readonly<Record<string, unknown>>,
  ): Promise<Position> {
    await this.ports.people.customer(workspace, customerId);
    const plan = await this.planOf(workspace, customerId);
    const zone = await this.ports.campaigns.zoneOf(workspace);
    const { given, keys } = readEdit(attributes, plan, { zone });
    await this.ports.resolveCustomers.claimFor(workspace, [{ customerId, keys }]);
    const { types } = plan;
    const customerFields = new Set(plan.customerFields);
    const { position } = await executeCommand(this.ports.store, customer, {
      stream: customerStream(customerId),
      command: { type: 'ChangeCustomerProfile', customerId, given, customerFields, types },
      context: {
        workspace,
        key: customerId,
        time: this.ports.clock.now().toISOString(),
        causation,
        correlation: causation,
        actor,
        hop: 0,
      },
      commandId: derivedId(workspace, causation, 'edit', customerId),
    });
    return position;
  }

  /** The fields of a profile: the system's, and those that the customer's campaigns add (A73). */
  private async planOf(workspace: string, customerId: string): Promise<FieldPlan> {
    const noted = await this.ports.participants.of(workspace, [customerId]);
    const campaigns = await this.ports.campaigns.known(noted.map(({ campaignId }) => campaignId));
    const own = [...campaigns.values()].flatMap(({ fields }) => fields.filter(({ level }) => level === 'customer'));
    const system = SYSTEM_FIELDS.map((field) => ({
      ...field,
      enumerationValues: [...(field.enumerationValues ?? [])],
    }));
    const byName = new Map(
      [...own, ...system].map((field) => [field.name, { ...field, import: true, required: false }]),
    );
    return planFields([...byName.values()]);
  }
}
