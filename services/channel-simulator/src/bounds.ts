/**
 * Every limit of this program that is not a setting, in one place. What a provider limits is quoted from its documentation; the
 * rest keeps memory and time bounded.
 */

/** Accepted messages held when nothing else is said: about 150 bytes each. */
export const ACCEPTED_MAX_DEFAULT = 2_000_000;
/** The largest bound one may ask for: beyond it a JavaScript Map refuses keys. */
export const ACCEPTED_MAX_LIMIT = 10_000_000;
/** The newest messages whose text or template parameters can be read back. */
export const CONTENTS_KEPT_MAX = 1_000;
/** Phone numbers of the business that may send. */
export const SENDERS_MAX = 1_000;
/** Pairs of sender and person whose rate is watched at once; past it the oldest pair is forgotten. */
export const PAIRS_WATCHED_MAX = 1_000_000;
/** Rows in one answer of the control API. */
export const LISTED_MAX = 10_000;
/** Fault rules in force at once. */
export const FAULT_RULES_MAX = 100;
/** Copies of one webhook that one rule may ask for. */
export const DUPLICATES_MAX = 10;
/** The longest pause a fault or a slow answer may ask for. */
export const FAULT_DELAY_MS_MAX = 600_000;

/** Statuses and replies waiting for the receiver; at this many, people hold still until some are delivered. */
export const NOTIFICATIONS_WAITING_MAX = 500_000;
/** Characters of text in one webhook: with escapes it stays under the provider's 3 MB. */
export const WEBHOOK_TEXT_CHARACTERS_MAX = 400_000;
/** Forged webhooks under way at once; beyond it none is added. */
export const FORGERIES_UNDER_WAY_MAX = 64;
/** Meta gives up after 7 days [D]. */
export const WEBHOOK_RETRY_FOR_MS = 7 * 24 * 60 * 60 * 1_000;
/** How long the receiver may take to answer one webhook. */
export const WEBHOOK_TIMEOUT_MS = 10_000;

/** Body of a send request, in bytes. */
export const SEND_BODY_BYTES_MAX = 256 * 1024;
/** Body of a control request, in bytes: a reply of 1 MB must fit with its escapes. */
export const CONTROL_BODY_BYTES_MAX = 8 * 1024 * 1024;
/** Text of a free-form message, in characters [D]. */
export const TEXT_CHARACTERS_MAX = 4_096;
/** Body of a template after its parameters are filled in, in characters [D]. */
export const TEMPLATE_CHARACTERS_MAX = 1_024;
/** `biz_opaque_callback_data`, in characters [D]. */
export const OPAQUE_DATA_CHARACTERS_MAX = 512;
/** A name of a template, in characters [D]. */
export const TEMPLATE_NAME_CHARACTERS_MAX = 512;
/** Templates of the account. */
export const TEMPLATES_MAX = 1_000;
/** A mail, in bytes. */
export const MAIL_BYTES_MAX = 10 * 1024 * 1024;
/** How much of a mail can be read back, in bytes. */
export const CONTENT_MAIL_BYTES_MAX = 64 * 1024;
