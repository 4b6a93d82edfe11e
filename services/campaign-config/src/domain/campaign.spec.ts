import { describe, expect, test } from '@jest/globals';
import { given } from '@poinciana/event-sourcing/testing';
import { type CampaignEvent, headOf, noCampaign } from './campaign.js';
import { campaign } from './campaign-decider.js';
import { initialFields } from './campaign-fields.js';
import { foldedName } from './campaign-name.js';

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
      .when({ type: 'EditCampaign', name: ' Reminder' })
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

describe('fields', () => {
  const dueDate = {
    name: 'due_date',
    title: 'Due Date',
    description: '',
    type: 'date',
    level: 'participant',
    import: true,
    required: true,
    locked: false,
    enumerationValues: [],
  };

  test('are defined as a whole list; import off turns required off ([F]3)', () => {
    const fields = [...initialFields(), { ...dueDate, import: false, required: false }];
    given(campaign)(created)
      .when({ type: 'DefineFields', fields: [...initialFields(), { ...dueDate, import: false }] })
      .then({ type: 'FieldsDefined', data: { campaign: head, fields } });
    given(campaign)(created).when({ type: 'DefineFields', fields: initialFields() }).thenNothing();
  });

  test('of the system can be switched but not edited or left out (A91)', () => {
    const required = initialFields().map((field) => ({ ...field, required: field.name === 'phone' }));
    given(campaign)(created)
      .when({ type: 'DefineFields', fields: required })
      .then({ type: 'FieldsDefined', data: { campaign: head, fields: required } });
    const renamed = initialFields().map((field) => ({ ...field, title: `${field.title}!` }));
    given(campaign)(created).when({ type: 'DefineFields', fields: renamed }).thenRefused('system_field_locked');
    given(campaign)(created)
      .when({ type: 'DefineFields', fields: initialFields().slice(1) })
      .thenRefused('system_field_locked');
    const falselyLocked = [...initialFields(), { ...dueDate, locked: true }];
    given(campaign)(created).when({ type: 'DefineFields', fields: falselyLocked }).thenRefused('system_field_locked');
  });

  test('stay as they are while the campaign is Active (A52)', () => {
    given(campaign)(created, active)
      .when({ type: 'DefineFields', fields: [...initialFields(), dueDate] })
      .thenRefused('campaign_is_active');
  });

  test('with a reserved or a doubled name are refused (A74)', () => {
    const fields = [...initialFields(), { ...dueDate, name: 'today' }];
    given(campaign)(created).when({ type: 'DefineFields', fields }).thenRefused('invalid_fields');
    given(campaign)(created)
      .when({ type: 'DefineFields', fields: [...initialFields(), dueDate, { ...dueDate, title: 'Again' }] })
      .thenRefused('invalid_fields');
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
