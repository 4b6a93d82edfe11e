import type { Bench } from '../../bench.js';
import { clusterResults } from './cluster.js';
import { relayToBareProducer } from './relay.js';

export const bench: Bench = {
  description:
    'the relay against a bare kafkajs producer (a row is an event); a cluster against standalone, its lag, and the takeover of a killed replica',
  rows: 100_000,
  run: async (settings) => [...(await relayToBareProducer(settings)), ...(await clusterResults(settings))],
};
