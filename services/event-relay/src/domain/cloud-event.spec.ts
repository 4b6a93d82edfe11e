import { describe, expect, test } from '@jest/globals';
import { contractSchemas, type ContractSchema } from '@poinciana/contracts/schemas';
import type { StoredEvent } from '@poinciana/event-sourcing';
import { cloudEventOf } from './cloud-event.js';

const WORKSPACE = '11111111-1111-4111-8111-111111111111';
const ID = 'aaaaaaaa-0000-4000-8000-000000000001';

function contractOf(category: string): ContractSchema {
  const found = contractSchemas.find((contract) => contract.category === category);
  if (found === undefined) throw new Error(`No contract of ${category}`);
  return found;
}

function eventOf(category: string, type: string, data: object, personal?: object): StoredEvent {
  const about = { workspace: WORKSPACE, key: ID, time: '2026-06-01T12:00:00.000Z', actor: 'user:ada', hop: 0 };
  const place = { stream: `${category}-${ID}`, revision: 3, position: { shard: 0, number: 17 } };
  const event = { id: WORKSPACE, type, causation: ID, correlation: ID, data, ...about, ...place };
  return personal === undefined ? event : { ...event, personal };
}

const created = eventOf(
  'participant',
  'ParticipantCreated',
  {
    participant: { id: ID, campaignId: ID, customerId: ID, objectId: '', life: 1 },
    changed: ['email'],
    source: { door: 'api' },
  },
  { values: { email: 'ada@example.com' }, previous: {} },
);

describe('an event for others', () => {
  test('says in its headers what it is, and never who asked for it', () => {
    const { headers } = cloudEventOf(created, { contract: contractOf('participant'), withPersonal: false });
    expect(headers).toEqual({
      ce_specversion: '1.0',
      ce_id: WORKSPACE,
      ce_source: `urn:poinciana:workspace:${WORKSPACE}`,
      ce_type: 'poinciana.participant.v1.ParticipantCreated',
      ce_time: '2026-06-01T12:00:00.000Z',
      ce_subject: `participant-${ID}`,
      ce_dataschema: 'urn:poinciana:schema:participant.v1#/$defs/ParticipantCreated',
      'content-type': 'application/json',
      ce_workspace: WORKSPACE,
      ce_partitionkey: ID,
      ce_position: '0:17',
      ce_revision: '3',
      ce_correlationid: ID,
      ce_causationid: ID,
    });
  });

  test('has no personal value unless that is opened, and is otherwise the same', () => {
    const contract = contractOf('participant');
    const closed = cloudEventOf(created, { contract, withPersonal: false }).value;
    expect(JSON.parse(closed)).toEqual(created.data);
    expect(closed).not.toContain('ada@example.com');
    const open = cloudEventOf(created, { contract, withPersonal: true }).value;
    expect(JSON.parse(open)).toEqual({ ...created.data, personal: created.personal });
  });

  test('of a person who was erased has no personal part even where that is opened', () => {
    const { personal: _, ...erased } = created;
    const { value } = cloudEventOf(erased, { contract: contractOf('participant'), withPersonal: true });
    expect(JSON.parse(value)).toEqual(created.data);
  });

  test('never shows a secret of the workspace, nor what the contract does not know, in whatever depth', () => {
    const channel = { id: ID, name: 'Mail', type: 'email', running: true, settings: { host: 'h' }, templates: [] };
    const event = eventOf('workspace', 'ChannelSaved', {
      channel: { ...channel, encryptedSecrets: { password: 'sealed' }, internal: { note: 'x' } },
      another: 1,
    });
    const { value } = cloudEventOf(event, { contract: contractOf('workspace'), withPersonal: true });
    expect(JSON.parse(value)).toEqual({ channel });
  });

  test('keeps lists of objects, and objects without named members whole', () => {
    const data = {
      run: { id: ID, nobodyKnows: 1 },
      path: [{ node: 'a', any: [1, { b: null }] }],
      plans: [{ communicationId: ID, hidden: true }, { communicationId: WORKSPACE }],
    };
    const event = eventOf('flow-runs', 'FlowRunCompleted', data);
    const { value, headers } = cloudEventOf(event, { contract: contractOf('flow-runs'), withPersonal: false });
    expect(headers['ce_type']).toBe('poinciana.flow_runs.v1.FlowRunCompleted');
    expect(JSON.parse(value)).toEqual({
      run: { id: ID },
      path: data.path,
      plans: [{ communicationId: ID }, { communicationId: WORKSPACE }],
    });
  });
});
