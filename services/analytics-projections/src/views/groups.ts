import { CAMPAIGNS_GROUP } from './campaigns/campaigns.consumer.js';
import { COMMUNICATIONS_GROUP } from './communications/communications.consumer.js';
import { PARTICIPANTS_GROUP } from './participants/participants.consumer.js';
import { RUNS_GROUP } from './runs/runs.consumer.js';
import { SESSIONS_GROUP } from './sessions/sessions.consumer.js';

/** The consumer groups of all views: what concerns them all reflects the one that is furthest behind. */
export const GROUPS = [CAMPAIGNS_GROUP, PARTICIPANTS_GROUP, COMMUNICATIONS_GROUP, SESSIONS_GROUP, RUNS_GROUP] as const;
