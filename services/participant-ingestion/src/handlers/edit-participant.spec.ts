import { describe, expect, it } from '@jest/globals';
import { batchOf, CAMPAIGN, ingestion, logOf, WORKSPACE, writeCampaign } from '../../test/fixtures.js';
import { EditParticipant } from './edit-participant.js';

const BY_HAND = { workspace: WORKSPACE, actor: 'user:test', causation: '99999999-0000-4000-8000-000000000001' };

describe('an edit of a participant', () => {
  it.each([
    ['in the own zone', undefined, '2026-06-30T14:00:00.000Z'],
    ['in the zone that comes with it', 'Europe/London', '2026-06-30T09:00:00.000Z'],
    ['in the zone of the workspace when the own one goes', null, '2026-06-30T10:00:00.000Z'],
  ])('reads a datetime without an offset %s', async (_, timezone, visit) => {
    const { store, campaigns, people, resolveCustomers, upserts } = ingestion();
    await writeCampaign(store);
    const { outcomes } = await upserts.upsert(batchOf([{ external_id: 'ada', timezone: 'America/New_York' }]));
    const [created] = outcomes;
    const participantId = created?.outcome === 'created' ? created.participantId : '';
    const edit = { attributes: { visit: '2026-06-30T10:00' }, timezone };
    await new EditParticipant(campaigns, people, resolveCustomers, upserts).execute(
      BY_HAND,
      CAMPAIGN,
      participantId,
      edit,
    );
    expect((await logOf(store)).at(-1)?.personal).toMatchObject({ values: { visit } });
  });
});
