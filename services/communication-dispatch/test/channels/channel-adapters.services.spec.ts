import { channelAdapterConformance } from '../../src/channels/conformance/channel-adapter-conformance.js';
import { PLAYED, SimulatedAdapter } from './simulated-adapters.js';

for (const [name, playing] of Object.entries(PLAYED)) {
  channelAdapterConformance(`${name}, against the simulator`, () => SimulatedAdapter.start(playing));
}
