/** Brokers, database, network, replicas and relays fail beneath a campaign, in an order that follows from the seed. */
export const campaign = {
  description: 'a cluster whose broker, database, network, replicas and relays fail in turn under load',
  packages: ['services/cluster'],
  program: 'services/cluster/dist/test/soak-faults.js',
};
