import { describe, expect, it } from '@jest/globals';
import { batchOf, CAMPAIGN, ingestion, logOf, type Row, WORKSPACE, writeCampaign } from '../../test/fixtures.js';
import type { CallerCommand } from './caller-command.js';
import { DeleteParticipant } from './delete-participant.js';
import { EditCustomer } from './edit-customer.js';

const ADA: Row = { external_id: 'ada', name: 'Ada' };

/** What a request with this Idempotency-Key commands. */
const commandOf = (key: number): CallerCommand => ({
  workspace: WORKSPACE,
  actor: 'user:test',
  causation: `99999999-0000-4000-8000-00000000000${key}`,
});

async function withAda() {
  const service = ingestion();
  await writeCampaign(service.store);
  const { outcomes } = await service.upserts.upsert(batchOf([ADA]));
  const [outcome] = outcomes;
  if (outcome?.outcome !== 'created') throw new Error('She was not created');
  return { ...service, customerId: outcome.customerId, participantId: outcome.participantId };
}

describe('a command by hand that is repeated after others went on', () => {
  it('changes no profile again', async () => {
    const service = await withAda();
    const { store, people, customerId } = service;
    const editCustomer = new EditCustomer(service);
    await editCustomer.execute(commandOf(1), customerId, { name: 'A' });
    await editCustomer.execute(commandOf(2), customerId, { name: 'B' });
    const log = await logOf(store);
    await editCustomer.execute(commandOf(1), customerId, { name: 'A' });
    expect(await people.customer(WORKSPACE, customerId)).toMatchObject({ profile: { name: 'B' } });
    expect(await logOf(store)).toEqual(log);
  });

  it('deletes no later life of a participant', async () => {
    const { store, people, clock, upserts, participantId } = await withAda();
    const remove = new DeleteParticipant(store, people, clock);
    await remove.execute(commandOf(1), CAMPAIGN, participantId);
    await upserts.upsert(batchOf([ADA], { cause: 'again' }));
    await remove.execute(commandOf(1), CAMPAIGN, participantId);
    expect(await people.participant(WORKSPACE, CAMPAIGN, participantId)).toMatchObject({ phase: 'present', life: 2 });
  });
});
