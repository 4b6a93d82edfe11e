export type * from './json.js';
export type * from './generated/index.js';
