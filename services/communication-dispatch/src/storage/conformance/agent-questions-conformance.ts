import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { derivedId } from '@poinciana/event-sourcing';
import type { StateWrite } from '@poinciana/messaging';
import type { AgentQuestions } from '../agent-questions.js';

const LEASE_MS = 60_000;

interface Started<Transaction> {
  readonly questions: AgentQuestions<Transaction>;
  commit(write: StateWrite<Transaction>): Promise<void>;
  stop(): Promise<void>;
}

/** What every list of questions to agents must do, whatever it is kept in. */
export function agentQuestionsConformance<Transaction>(name: string, start: () => Promise<Started<Transaction>>): void {
  describe(`agent questions: ${name}`, () => {
    let started: Started<Transaction>;
    beforeEach(async () => {
      started = await start();
    });
    afterEach(() => started.stop());

    const question = {
      messageId: derivedId('message', 1),
      sessionId: derivedId('session', 1),
      workspace: derivedId('workspace', 1),
      agentId: derivedId('agent', 1),
      giveUpAt: '2026-03-01T12:00:00.000Z',
    };

    it('gives a question to one at a time, until it is finished', async () => {
      const { questions } = started;
      await started.commit(questions.put([question]));
      await started.commit(questions.put([question]));
      const [first, ...others] = await questions.claim(10, LEASE_MS);
      expect([first, others]).toEqual([{ ...question, attempt: 1 }, []]);
      expect(await questions.claim(10, LEASE_MS)).toEqual([]);
      if (first === undefined) throw new Error('Nothing was claimed');
      await questions.postpone({ ...first, attempt: 0 }, 0);
      expect(await questions.claim(10, LEASE_MS)).toEqual([]);
      await questions.postpone(first, 0);
      expect(await questions.claim(10, 0)).toEqual([{ ...question, attempt: 2 }]);
      await questions.finish([question.messageId]);
      expect(await questions.claim(10, 0)).toEqual([]);
    });
  });
}
