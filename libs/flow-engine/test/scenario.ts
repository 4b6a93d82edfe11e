import {
  checkFlow,
  parseFlow,
  PAYMENT_REMINDER_FIELDS,
  paymentReminderContext,
  type CampaignContext,
  type FieldDefinition,
  type FieldValue,
  type Flow,
  type JsonObject,
} from '@poinciana/campaign-definition';
import { compileFlow, type CompiledFlow } from '../src/compile/compile-flow.js';
import { decideRuns, type RunsDecision, type RunTrigger } from '../src/run/decide-runs.js';
import type { FlowRun } from '../src/run/flow-run.js';
import type { ParticipantState } from '../src/run/participant-state.js';

function field(name: string, type: FieldDefinition['type'], enumerationValues?: readonly string[]): FieldDefinition {
  const definition = {
    name,
    title: name,
    description: '',
    type,
    level: 'participant',
    import: true,
    required: false,
    locked: false,
  } as const;
  return enumerationValues === undefined ? definition : { ...definition, enumerationValues };
}

/** One field of every type, `a_<type>` and `b_<type>`, beside those of the payment reminder. */
export const FIELDS: readonly FieldDefinition[] = [
  ...PAYMENT_REMINDER_FIELDS,
  ...(['a', 'b'] as const).flatMap((side) => [
    ...(['string', 'integer', 'numeric', 'boolean', 'date', 'datetime', 'email', 'phone'] as const).map((type) =>
      field(`${side}_${type}`, type),
    ),
    field(`${side}_enumeration`, 'enumeration', ['red', 'green']),
  ]),
  field('c_integer', 'integer'),
];

const IDS = { flowId: 'f1', agentId: 'a1', channelId: 'c1' };

/** One agent with a channel of every type. */
export const CONTEXT: CampaignContext = {
  ...paymentReminderContext(IDS),
  fields: FIELDS,
  channels: [
    ...paymentReminderContext(IDS).channels,
    { id: 'c2', name: 'Telegram', type: 'telegram', running: true },
    { id: 'c3', name: 'Mail', type: 'email', running: true },
    { id: 'c4', name: 'Trunk', type: 'voice', running: true },
  ],
  agents: [
    { id: 'a1', name: 'Bot', channelIds: ['c1', 'c2', 'c3', 'c4'], results: [{ name: 'score', type: 'integer' }] },
  ],
};

/** `{ node: [type, settings] }` and edges such as `created > check`, `check.match > send`. */
export function flowOf(
  id: string,
  nodes: Readonly<Record<string, readonly [string, JsonObject?]>>,
  ...edges: readonly string[]
): Flow {
  const { flow, problems } = parseFlow({
    id,
    name: id,
    nodes: Object.entries(nodes).map(([nodeId, [type, settings = {}]]) => ({
      id: nodeId,
      type,
      name: nodeId,
      settings,
    })),
    edges: edges.map((edge) => {
      const [source = '', to] = edge.split(' > ');
      const [from, output = 'out'] = source.split('.');
      return { from, output, to };
    }),
  });
  if (flow === undefined) throw new Error(problems.map((problem) => problem.sentence).join(' '));
  return flow;
}

/** What all communication actions need: at once, all day long. */
export const AT_ONCE: JsonObject = {
  agentId: 'a1',
  baseDate: { source: 'today' },
  hours: { mode: 'window', from: '00:00', to: '24:00' },
  durationHours: 1,
};

/** Settings of a WhatsApp action that sends at once, all day long. */
export function whatsApp(communicationName: string, changes: JsonObject = {}): readonly [string, JsonObject] {
  return [
    'whatsapp-communication',
    {
      ...AT_ONCE,
      communicationName,
      channelId: 'c1',
      template: {
        name: 'payment_reminder',
        language: 'en',
        variables: [
          { variable: 'name', value: { source: 'static', value: 'you' } },
          { variable: 'due_date', value: { source: 'static', value: 'soon' } },
        ],
      },
      ...changes,
    },
  ];
}

export function set(name: string, value: FieldValue): readonly [string, JsonObject] {
  const reference = { group: name === 'name' ? 'customer' : 'participant', name };
  return [
    'update-field',
    { assignments: [{ field: reference, operation: 'set', value: { source: 'static', value } }] },
  ];
}

export function check(
  name: string,
  operator: string,
  value?: FieldValue,
  group = 'participant',
): readonly [string, JsonObject] {
  const property = { group, name };
  return [
    'field-check',
    value === undefined ? { property, operator } : { property, operator, value: { source: 'static', value } },
  ];
}

export const ANNA: ParticipantState = {
  values: { name: 'Anna', phone: '491511234567' },
  openCommunications: [],
  sentNames: [],
};
export const NOW = '2026-11-21T12:00:00.000Z';

/** Compiles flows that know of each other, and lets a trigger fire. */
export function fire(
  flows: readonly Flow[],
  trigger: Partial<RunTrigger> = {},
  participant: ParticipantState = ANNA,
  takenAsActive: ReadonlySet<string> = new Set(),
): RunsDecision {
  return decideRuns({
    flows: compile(flows),
    takenAsActive,
    trigger: { type: 'participant-created', eventId: 'e1', now: NOW, hop: 0, ...trigger },
    participant,
    workspaceZone: 'UTC',
  });
}

export function compile(flows: readonly Flow[]): readonly CompiledFlow[] {
  const context = contextOf(flows);
  return flows.map((flow) => compileFlow(flow, context));
}

export function contextOf(flows: readonly Flow[]): CampaignContext {
  return { ...CONTEXT, flows: flows.map((flow) => ({ flow, active: true })) };
}

/** The codes of the errors that stand against a flow's activation. */
export function activationErrors(flow: Flow): readonly string[] {
  return checkFlow(flow, CONTEXT)
    .filter((problem) => problem.severity === 'error')
    .map((problem) => problem.code);
}

/** The path of a run as `node output code`. */
export function path(run: FlowRun | undefined): readonly string[] {
  return (run?.steps ?? []).map((step) =>
    [step.nodeId, step.output, step.code].filter((part) => part !== undefined).join(' '),
  );
}
