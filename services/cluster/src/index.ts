export { startCluster, type Cluster, type ClusterOptions, type DemoWishes } from './composition/cluster.js';
export { PARTS, SIMULATOR } from './composition/parts.js';
export type { Replica } from './processes/replica.js';
export { residentMib } from './processes/resident-memory.js';
