import { inboundNumbersConformance } from './conformance/inbound-numbers-conformance.js';
import { InMemoryInboundNumbers } from './in-memory-inbound-numbers.js';

inboundNumbersConformance('in memory', async () => new InMemoryInboundNumbers());
