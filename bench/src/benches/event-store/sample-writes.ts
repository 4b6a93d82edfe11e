import { randomUUID } from 'node:crypto';
import { derivedId, derivedIdBeside, NO_STREAM, type StreamWrite, streamName } from '@poinciana/event-sourcing';

const workspace = derivedId('bench', 'workspace');
const campaign = randomUUID();

/** First events of so many new streams, one each, as an import makes them: half a kilobyte, keys of one campaign close together. */
export function sampleWrites(count: number, round: string): readonly StreamWrite[] {
  return Array.from({ length: count }, (_, number) => sampleWrite(`${round}:${number}`, number));
}

function sampleWrite(name: string, number: number): StreamWrite {
  const participant = derivedIdBeside(campaign, name);
  const cause = derivedId('row', name);
  const event = {
    id: derivedId('event', name),
    type: 'ParticipantCreated',
    workspace,
    key: participant,
    time: '2025-03-09T07:05:00.120Z',
    causation: cause,
    correlation: cause,
    actor: 'service:participant-ingestion',
    hop: 0,
    data: {
      campaign,
      customer: derivedId('customer', name),
      source: 'upload',
      row: number,
      changed: ['name', 'phone', 'city'],
    },
    personal: { name: `Anna Nováková ${number}`, phone: `+420777${String(number).padStart(6, '0')}`, city: 'Brno' },
  };
  return { stream: streamName('participant', participant), expectedRevision: NO_STREAM, events: [event] };
}
