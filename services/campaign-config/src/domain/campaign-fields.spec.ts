import { describe, expect, test } from '@jest/globals';
import type { campaign as contract } from '@poinciana/contracts';
import { DomainError } from '@poinciana/event-sourcing';
import { given } from '@poinciana/event-sourcing/testing';
import { campaign } from './campaign-decider.js';
import type { DefineFields } from './campaign-commands.js';
import { initialFields } from './campaign-fields.js';
import { fieldsDefined, flowSaved, sampleCreated, sampleFields, sampleHead, started } from './campaign-samples.js';
import { evolveCampaign, noCampaign } from './campaign.js';
import { etagOf } from './seen-state.js';
import { emptyWorkspace } from './workspace.js';

const field: contract.Field = {
  name: 'plan_name',
  title: 'Plan',
  description: '',
  type: 'string',
  level: 'participant',
  import: true,
  required: true,
  locked: false,
  enumerationValues: [],
};

function define(fields: readonly contract.Field[], more: Partial<DefineFields> = {}): DefineFields {
  return { type: 'DefineFields', fields, workspace: emptyWorkspace, held: [], seen: 'any', ...more };
}

const withField = [...initialFields(), field];
const defined = fieldsDefined(withField);

describe('fields', () => {
  test('are defined as a whole list; import off turns required off ([F]3)', () => {
    const fields = [...initialFields(), { ...field, import: false, required: false }];
    given(campaign)(sampleCreated)
      .when(define([...initialFields(), { ...field, import: false }]))
      .then({ type: 'FieldsDefined', data: { campaign: sampleHead, fields } });
    given(campaign)(sampleCreated).when(define(initialFields())).thenNothing();
  });

  test('of the system can be switched but not edited or left out (A91)', () => {
    const required = initialFields().map((each) => ({ ...each, required: each.name === 'phone' }));
    given(campaign)(sampleCreated)
      .when(define(required))
      .then({ type: 'FieldsDefined', data: { campaign: sampleHead, fields: required } });
    const renamed = initialFields().map((each) => ({ ...each, title: `${each.title}!` }));
    given(campaign)(sampleCreated).when(define(renamed)).thenRefused('system_field_locked');
    given(campaign)(sampleCreated)
      .when(define(initialFields().slice(1)))
      .thenRefused('system_field_locked');
    given(campaign)(sampleCreated)
      .when(define([...initialFields(), { ...field, locked: true }]))
      .thenRefused('system_field_locked');
  });

  test('stay as they are while the campaign is Active (A52)', () => {
    given(campaign)(sampleCreated, started()).when(define(withField)).thenRefused('campaign_is_active');
  });

  test.each(['today', 'object_id', '__proto__', 'constructor!', 'Plan', '', 'a'.repeat(64)])(
    'cannot be called %p (A74)',
    (name) => {
      const fields = [...initialFields(), { ...field, name }];
      given(campaign)(sampleCreated).when(define(fields)).thenRefused('invalid_fields');
    },
  );

  test('stand in the list once, over both levels', () => {
    const fields = [...withField, { ...field, level: 'customer', title: 'Again' }];
    given(campaign)(sampleCreated).when(define(fields)).thenRefused('invalid_fields');
  });
});

describe('fields that two people edit', () => {
  test('are overwritten only by who has seen them as they are', () => {
    const { fields: _, ...head } = define(withField);
    const other = define([...withField, { ...field, name: 'other' }], { seen: undefined });
    given(campaign)(sampleCreated)
      .when({ ...head, fields: withField, seen: undefined })
      .then(defined);
    given(campaign)(sampleCreated, defined).when(other).thenRefused('if_match_required');
    given(campaign)(sampleCreated, defined)
      .when({ ...other, seen: [etagOf(initialFields())] })
      .thenRefused('changed_meanwhile');
    given(campaign)(sampleCreated, defined)
      .when({ ...other, seen: [etagOf(withField)] })
      .then(fieldsDefined(other.fields));
  });

  test('are the same for who sends again what is there already', () => {
    given(campaign)(sampleCreated, defined)
      .when(define(withField, { seen: undefined }))
      .thenNothing();
  });
});

describe('a field that a flow uses ([F]3)', () => {
  const events = [sampleCreated, fieldsDefined(), flowSaved(1)];

  test.each<[string, (fields: readonly contract.Field[]) => readonly contract.Field[]]>([
    ['is not deleted', (fields) => fields.filter(({ name }) => name !== 'due_date')],
    [
      'keeps its type',
      (fields) => fields.map((each) => (each.name === 'due_date' ? { ...each, type: 'string' } : each)),
    ],
    [
      'keeps its level',
      (fields) => fields.map((each) => (each.name === 'due_date' ? { ...each, level: 'customer' } : each)),
    ],
  ])('%s, and the refusal names the nodes', (_, change) => {
    given(campaign)(...events)
      .when(define(change(sampleFields)))
      .thenRefused('field_in_use');
    const state = events.reduce(evolveCampaign, noCampaign);
    const refusal = refusalOf(() => campaign.decide(define(change(sampleFields)), state));
    expect(refusal.message).toMatch(/'.+' of the flow 'Payment reminder' \(due_date\)/);
    expect(refusal.details).toMatchObject({
      uses: expect.arrayContaining([
        {
          field: 'due_date',
          flowId: expect.any(String),
          flowName: 'Payment reminder',
          nodeId: expect.any(String),
          nodeName: expect.any(String),
        },
      ]),
    });
  });

  test('may get another title, and one that none uses may go', () => {
    const retitled = sampleFields.map((each) => (each.name === 'due_date' ? { ...each, title: 'Due' } : each));
    given(campaign)(...events)
      .when(define(retitled))
      .then(fieldsDefined(retitled));
    given(campaign)(...events, fieldsDefined([...sampleFields, field]))
      .when(define(sampleFields))
      .then(fieldsDefined());
  });
});

describe('a field that somebody holds a value for ([F]4)', () => {
  const held = ['plan_name'];
  const retyped = [...initialFields(), { ...field, type: 'integer' }];

  test('keeps its type, and may be deleted', () => {
    given(campaign)(sampleCreated, defined).when(define(retyped, { held })).thenRefused('field_holds_values');
    given(campaign)(sampleCreated, defined)
      .when(define(initialFields(), { held }))
      .then(fieldsDefined(initialFields()));
    given(campaign)(sampleCreated, defined).when(define(retyped)).then(fieldsDefined(retyped));
  });

  test('does not come back with another type', () => {
    given(campaign)(sampleCreated, defined, fieldsDefined(initialFields()))
      .when(define(retyped, { held }))
      .thenRefused('field_holds_values');
  });
});

describe('a custom field of the customer profile (A73)', () => {
  const tier = { ...field, name: 'tier', level: 'customer' };
  const workspace = { ...emptyWorkspace, profileFields: [{ name: 'tier', type: 'integer' }] };

  test('has one type in the workspace', () => {
    const fields = [...initialFields(), tier];
    given(campaign)(sampleCreated).when(define(fields, { workspace })).thenRefused('profile_field_differs');
    const agreeing = [...initialFields(), { ...tier, type: 'integer' }];
    given(campaign)(sampleCreated).when(define(agreeing, { workspace })).then(fieldsDefined(agreeing));
  });

  test('is another thing than a participant field of that name', () => {
    const fields = [...initialFields(), { ...tier, level: 'participant' }];
    given(campaign)(sampleCreated).when(define(fields, { workspace })).then(fieldsDefined(fields));
  });
});

function refusalOf(work: () => unknown): DomainError {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('Nothing was refused');
}
