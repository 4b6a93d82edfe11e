export { startStandalone, type Standalone, type StandaloneSurroundings } from './standalone.js';
export type { StandaloneOptions } from './options.js';
export { defaultWorkspace, tokenRules } from './tokens.js';
