export * from './api-client.js';
export type { components as ConfigComponents } from './generated/config.js';
export type { components as DispatchComponents } from './generated/dispatch.js';
export type { components as FlowsComponents } from './generated/flows.js';
export type { components as IngestComponents } from './generated/ingest.js';
export type { components as ViewsComponents } from './generated/views.js';
