/** Campaigns of a workspace that a list over all of them looks at: those that changed last. */
const CAMPAIGNS_MAX = 1_000;

/**
 * Whose people and communications a list over a whole workspace ($1) looks for, as `own`. When a campaign is deleted (A53), people and
 * what they were sent stay, behind those of the other campaigns.
 */
export const CAMPAIGNS_OF_WORKSPACE = `SELECT id AS own FROM campaign WHERE workspace = $1 ORDER BY deleted, modified_at DESC, id DESC LIMIT ${CAMPAIGNS_MAX}`;
