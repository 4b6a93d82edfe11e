import type { StoredEvent } from '@poinciana/event-sourcing';
import type { SentCommand } from './campaign-load.js';
import type { ReservedName, RunningDatabase, ViewRow } from './running-database.js';

/** What clients know, to be compared with what there is. */
export interface Known {
  readonly sent: readonly SentCommand[];
}

/** Everything that is wrong, one sentence each; empty when all is well. */
export async function auditFindings(database: RunningDatabase, { sent }: Known): Promise<readonly string[]> {
  const events = await database.events();
  const living = fold(events);
  return [
    ...numberingFindings(events, await database.numbering()),
    ...streamFindings(events),
    ...commandFindings(events, sent),
    ...viewFindings(living, await database.viewRows()),
    ...nameFindings(living, await database.reservedNames()),
    ...((await database.deadLetters()) === 0 ? [] : ['There are dead letters']),
  ];
}

function numberingFindings(
  events: readonly StoredEvent[],
  { count, first, last }: { count: number; first: number; last: number },
): readonly string[] {
  const isDense = events.every(({ position }, index) => position.number === index + 1);
  const agree = first === 1 && last === count && events.length === count;
  return isDense && agree ? [] : [`The log has ${count} rows from ${first} to ${last}, and ${events.length} were read`];
}

/** Revisions count from 0, in the order of the log; no event id is there twice. */
function streamFindings(events: readonly StoredEvent[]): readonly string[] {
  const next = new Map<string, number>();
  const gaps = events.filter(({ stream, revision }) => {
    const expected = next.get(stream) ?? 0;
    next.set(stream, revision + 1);
    return revision !== expected;
  });
  const twice = events.length - new Set(events.map(({ id }) => id)).size;
  return [
    ...gaps.map(({ stream, revision }) => `${stream} has a gap before its revision ${revision}`),
    ...(twice === 0 ? [] : [`${twice} event ids are there twice`]),
  ];
}

/** Each command has exactly its one event when it was acknowledged, none when it was refused, and nothing in between. */
function commandFindings(events: readonly StoredEvent[], sent: readonly SentCommand[]): readonly string[] {
  const byCommand = groupsOf(events, ({ correlation }) => correlation);
  const unasked = [...byCommand.keys()].filter((id) => !sent.some((command) => command.id === id));
  return [
    ...unasked.map((id) => `Nobody sent the command ${id} that the log has`),
    ...sent.flatMap((command) => commandProblem(command, byCommand.get(command.id) ?? [])),
    ...orderFindings(sent, byCommand),
  ];
}

function commandProblem(command: SentCommand, events: readonly StoredEvent[]): readonly string[] {
  const { outcome } = command.outcome;
  const told = `${command.type} ${command.id} (${JSON.stringify(command.outcome)}, ${JSON.stringify(command.state)})`;
  if (events.length > 1) return [`${told} has ${events.length} events`];
  const [event] = events;
  if (event === undefined) return outcome === 'acknowledged' ? [`${told} is not in the log`] : [];
  if (outcome === 'refused') return [`${told} was refused and is in the log`];
  return isAsAsked(command, event) ? [] : [`${told} is in the log as ${JSON.stringify(event)}`];
}

function isAsAsked({ type, workspace, campaignId, state, outcome }: SentCommand, event: StoredEvent): boolean {
  const { id, name, description } = campaignOf(event);
  const isWhereAnswered = outcome.outcome !== 'acknowledged' || outcome.position === event.position.number;
  return (
    isWhereAnswered &&
    event.type === type &&
    event.workspace === workspace &&
    event.stream === `campaign-${campaignId ?? id}` &&
    name === state.name &&
    description === state.description
  );
}

/** What one client was told one after the other lies in the log one after the other. */
function orderFindings(
  sent: readonly SentCommand[],
  byCommand: ReadonlyMap<string, readonly StoredEvent[]>,
): readonly string[] {
  const known = sent.filter(({ campaignId }) => campaignId !== undefined);
  const ofCampaign = groupsOf(known, ({ campaignId = '' }) => campaignId);
  return [...ofCampaign].flatMap(([campaign, commands]) => {
    const numbers = commands.flatMap(({ id }) => (byCommand.get(id) ?? []).map(({ position }) => position.number));
    const isOrdered = numbers.every((number, index) => index === 0 || number > (numbers[index - 1] ?? 0));
    return isOrdered ? [] : [`The commands of ${campaign} lie in another order in the log: ${numbers.join(', ')}`];
  });
}

/** The campaigns that the log says there are, as the view should have them. */
function fold(events: readonly StoredEvent[]): ReadonlyMap<string, ViewRow> {
  const living = new Map<string, ViewRow>();
  for (const event of events.filter(({ stream }) => stream.startsWith('campaign-'))) {
    const { id, name, description } = campaignOf(event);
    const createdAt = living.get(id)?.createdAt ?? event.time;
    if (event.type === 'CampaignDeleted') living.delete(id);
    else living.set(id, { id, workspace: event.workspace, name, description, createdAt, modifiedAt: event.time });
  }
  return living;
}

function viewFindings(living: ReadonlyMap<string, ViewRow>, rows: readonly ViewRow[]): readonly string[] {
  const shown = new Map(rows.map((row) => [row.id, row]));
  const different = [...living.values()].filter((row) => JSON.stringify(shown.get(row.id)) !== JSON.stringify(row));
  const surplus = rows.filter(({ id }) => !living.has(id));
  return [
    ...different.map((row) => `The log has ${JSON.stringify(row)}, the view ${JSON.stringify(shown.get(row.id))}`),
    ...surplus.map((row) => `The view has ${JSON.stringify(row)} and the log does not`),
    ...(shown.size === rows.length ? [] : ['The view has a campaign twice']),
  ];
}

/** A name belongs to one campaign of a workspace, and its reservation says to which. */
function nameFindings(living: ReadonlyMap<string, ViewRow>, reserved: readonly ReservedName[]): readonly string[] {
  const holders = new Map(reserved.map((row) => [`${row.workspace} ${row.foldedName}`, row.campaignId]));
  const byName = groupsOf([...living.values()], ({ workspace, name }) => `${workspace} ${name.toLowerCase()}`);
  return [...byName].flatMap(([name, campaigns]) => [
    ...(campaigns.length === 1 ? [] : [`${campaigns.length} campaigns bear ${name}`]),
    ...campaigns.filter(({ id }) => holders.get(name) !== id).map(({ id }) => `${name} is not reserved for ${id}`),
  ]);
}

function campaignOf({ data }: StoredEvent): { id: string; name: string; description: string } {
  return (data as { campaign: { id: string; name: string; description: string } }).campaign;
}

function groupsOf<Thing>(
  things: readonly Thing[],
  nameOf: (thing: Thing) => string,
): ReadonlyMap<string, readonly Thing[]> {
  const groups = new Map<string, Thing[]>();
  for (const thing of things) {
    const name = nameOf(thing);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [thing]);
    else group.push(thing);
  }
  return groups;
}
