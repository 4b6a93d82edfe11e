export { openDataFolder, type DataFolder } from './data-folder.js';
export { DEMO, DEMO_DURATION_SECONDS } from './demo/demo-definitions.js';
export { DEMO_PEOPLE, DEMO_PEOPLE_MAX, DEMO_PEOPLE_MIN } from './demo/people-file.js';
export { type RunningDemo, demoSimulator, runDemo } from './demo/run-demo.js';
export { stopOnSignals } from './stop-signals.js';
export { startStandalone, type Standalone, type StandaloneSurroundings } from './standalone.js';
export type { StandaloneOptions } from './options.js';
export { defaultWorkspace, tokenRules } from './tokens.js';
