import { describe, expect, test } from '@jest/globals';
import { given } from '@poinciana/event-sourcing/testing';
import { type CampaignEvent, headOf, noCampaign } from './campaign.js';
import { campaign, namesOf } from './campaign-decider.js';
import { initialFields } from './campaign-fields.js';
import { foldedName } from './campaign-name.js';
import { etagOf } from './seen-state.js';

const ID = '5f0a3c52-7a52-4c49-9f3c-5f8f2a4f8f10';
const head = headOf(noCampaign, { id: ID, name: 'Payment reminder', description: 'Before the due date' });
const created: CampaignEvent = { type: 'CampaignCreated', data: { campaign: head, fields: [...initialFields()] } };
const active: CampaignEvent = {
  type: 'CampaignStarted',
  data: {
    campaign: { ...head, status: 'Active' },
    flows: [],
    pauseAnswer: 'run',
    overdueAnswer: 'skip',
    generation: 1,
  },
};

describe('a campaign is created', () => {
  const create = {
    type: 'CreateCampaign',
    id: ID,
    name: '  Payment reminder ',
    description: ' Before the due date',
  } as const;

  test('with its name trimmed, Inactive, with the system fields', () => {
    given(campaign)().when(create).then(created);
  });

  test('not twice, not without a name, not with an endless one', () => {
    given(campaign)(created).when(create).thenRefused('campaign_exists');
    given(campaign)()
      .when({ ...create, name: ' \t' })
      .thenRefused('campaign_name_required');
    given(campaign)()
      .when({ ...create, name: 'x'.repeat(201) })
      .thenRefused('campaign_name_too_long');
    given(campaign)()
      .when({ ...create, description: 'x'.repeat(2_001) })
      .thenRefused('campaign_description_too_long');
  });
});

describe('a campaign is edited', () => {
  test('and says what changed', () => {
    const edited = { ...head, name: 'Reminder' };
    given(campaign)(created)
      .when({ type: 'EditCampaign', name: ' Reminder', seen: [etagOf(namesOf({ ...noCampaign, ...head }))] })
      .then({ type: 'CampaignEdited', data: { campaign: edited, changed: ['name'] } });
  });

  test('only by who has seen it as it is, or says that it does not matter', () => {
    const edit = { type: 'EditCampaign', name: 'Reminder' } as const;
    given(campaign)(created).when(edit).thenRefused('if_match_required');
    given(campaign)(created)
      .when({ ...edit, seen: [etagOf({ name: 'Payment reminder', description: '' })] })
      .thenRefused('changed_meanwhile');
    const edited = { ...head, name: 'Reminder' };
    given(campaign)(created)
      .when({ ...edit, seen: 'any' })
      .then({ type: 'CampaignEdited', data: { campaign: edited, changed: ['name'] } });
  });

  test('without an event where nothing changes', () => {
    given(campaign)(created)
      .when({ type: 'EditCampaign', name: 'Payment reminder', description: head.description })
      .thenNothing();
  });

  test('only while it exists', () => {
    const deleted: CampaignEvent = { type: 'CampaignDeleted', data: { campaign: head } };
    given(campaign)().when({ type: 'EditCampaign', name: 'Reminder' }).thenRefused('campaign_not_found');
    given(campaign)(created, deleted)
      .when({ type: 'EditCampaign', name: 'Reminder' })
      .thenRefused('campaign_not_found');
  });
});

describe('a campaign is deleted', () => {
  test('unless it is Active (A53)', () => {
    given(campaign)(created)
      .when({ type: 'DeleteCampaign' })
      .then({ type: 'CampaignDeleted', data: { campaign: head } });
    given(campaign)(created, active).when({ type: 'DeleteCampaign' }).thenRefused('campaign_is_active');
  });
});

describe('a campaign is stopped', () => {
  test('when it is Active, and stays as it is otherwise (A49)', () => {
    given(campaign)(created, active)
      .when({ type: 'StopCampaign' })
      .then({ type: 'CampaignStopped', data: { campaign: head } });
    given(campaign)(created).when({ type: 'StopCampaign' }).thenNothing();
  });
});

test.each([
  ['Case', 'case'],
  ['  blanks ', 'BLANKS'],
  ['caf\u00e9', 'cafe\u0301'],
  ['ﬁnal', 'final'],
])('%p and %p are one name (A51)', (one, other) => {
  expect(foldedName(one)).toBe(foldedName(other));
});
