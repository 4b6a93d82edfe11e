import { describe, expect, it } from '@jest/globals';
import { CAMPAIGN, idOf, SpecLog, WORKSPACE } from '../../../test/stored-events.js';
import { flowRunFacts, PATH_CHARACTERS_MAX, pathOf } from './flow-run-facts.js';
import { pathMoves } from './path-moves.js';

const ANNA = idOf('anna');
const CREATED = { nodeId: 'created', type: 'participant-created', output: 'out' } as const;
const CHECK = { nodeId: 'check', type: 'field-check', output: 'else' } as const;
const REMIND = { nodeId: 'remind', type: 'whatsapp-communication', output: 'out' } as const;

describe('the way of a run', () => {
  it('is the actions that it reached, each once', () => {
    expect(
      pathOf([
        CREATED,
        { ...CHECK, output: 'match' },
        REMIND,
        { ...REMIND, nodeId: 'update', type: 'update-field' },
        REMIND,
      ]),
    ).toBe('remind update');
  });

  it('is where it ended, when it reached none', () => {
    expect(pathOf([CREATED, CHECK])).toBe('check:else');
    expect(pathOf([])).toBe('');
  });

  it('is cut when it is too long for a key', () => {
    const steps = Array.from({ length: 100 }, (_, number) => ({ ...REMIND, nodeId: `remind-${number}` }));
    expect(pathOf(steps)).toHaveLength(PATH_CHARACTERS_MAX + 1);
  });
});

describe('the moves of a batch of runs', () => {
  const moved = (measure: string, detail: string, count: number) => ({
    workspace: WORKSPACE,
    campaignId: CAMPAIGN,
    measure,
    subject: 'flow',
    state: 'participant-created',
    detail,
    count,
  });

  it('take people from their last way to the new one, and count every run', () => {
    const log = new SpecLog();
    log.run(ANNA, [CREATED, CHECK]);
    log.run(ANNA, [CREATED, { ...REMIND, code: 'already_in_progress' }]);
    log.run(ANNA, [], { flowVersion: 0 }, 'chain_too_long');
    const runs = flowRunFacts(log.events);
    const first = pathMoves([], runs.slice(0, 1));
    expect(first.moves).toEqual([moved('runs', '', 1), moved('people', 'check:else', 1)]);
    const rest = pathMoves(first.paths, runs);
    expect(rest.moves).toEqual([
      moved('runs', '', 1),
      moved('notes', 'already_in_progress', 1),
      moved('people', 'check:else', -1),
      moved('people', 'remind', 1),
      moved('runs', 'chain_too_long', 1),
    ]);
    expect(rest.paths).toEqual([
      { participantId: ANNA, flowId: 'flow', trigger: 'participant-created', path: 'remind', position: 3 },
    ]);
    expect(pathMoves(rest.paths, runs)).toEqual({ paths: [], moves: [], visits: [] });
  });
});
