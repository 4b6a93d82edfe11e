export * from './known-campaign.js';
export * from './known-workspace.js';
