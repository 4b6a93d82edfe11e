import { InMemoryTransaction } from '@poinciana/messaging';
import { agentQuestionsConformance } from './conformance/agent-questions-conformance.js';
import { InMemoryAgentQuestions } from './in-memory-agent-questions.js';

agentQuestionsConformance('in memory', async () => ({
  questions: new InMemoryAgentQuestions(),
  commit: async (write) => {
    const transaction = new InMemoryTransaction();
    await write(transaction);
    transaction.commit();
  },
  stop: async () => undefined,
}));
