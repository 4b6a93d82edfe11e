// Written by npm run generate:client.
export interface paths {
    "/api/flows/campaigns/{campaignId}/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Who waits for a Start, and how far the last Starts have caught up */
        get: operations["PausesController_pause"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/flows/campaigns/{campaignId}/dry-run": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a flow would do for one participant, with the whole trace */
        post: operations["DryRunsController_one"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/flows/campaigns/{campaignId}/dry-run/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What a flow would do for every row of a file: lines of JSON, first about the progress, the last with the result */
        post: operations["DryRunsController_all"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/flows/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The dead letters of the workspace, group by group, in log order */
        get: operations["DeadLettersController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/flows/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Handles the parked events of a key again, in order */
        post: operations["DeadLettersController_replay"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        CatchUpAnswer: {
            /** @description Which Start of the campaign it was, from 1. */
            generation: number;
            /** @description How many people waited; absent until the work begins. */
            total?: number;
            done: number;
            finished: boolean;
        };
        PauseAnswer: {
            /**
             * @description People who came while the campaign was not Active.
             * @example 120
             */
            participantsCreated: number;
            /** @description People one of whose communications ended while the campaign was not Active. */
            communicationsEnded: number;
            /** @description The newest Start first. */
            catchUps: components["schemas"]["CatchUpAnswer"][];
        };
        DrawnFlowRequest: {
            name: string;
            nodes: Record<string, never>[];
            edges: Record<string, never>[];
        };
        TrialCommunication: {
            /** @example REMINDED_DUE_DATE */
            name: string;
            /** @enum {string} */
            channel: "whatsapp" | "telegram" | "email" | "voice" | "webhook";
            /** @enum {string} */
            status: "Planned" | "Started" | "Delivered" | "Read" | "Replied" | "Completed" | "NoResponse" | "Canceled" | "Skipped" | "Failed";
            /** @default false */
            replied: boolean;
            /** @description Declared results by name. */
            results?: {
                [key: string]: unknown;
            };
        };
        DryRunRequest: {
            /** Format: uuid */
            flowId: string;
            /**
             * @description Without one the newest, which may be a draft.
             * @example 3
             */
            version?: number;
            /**
             * @default participant-created
             * @enum {string}
             */
            trigger: "participant-created" | "participant-updated" | "communication-ended" | "communication-updated" | "incoming-session" | "from-another-flow";
            /**
             * Format: date-time
             * @description The instant that it pretends to be; without one, now. A day, or a time without an offset, is that of the workspace's zone.
             */
            at?: string;
            /** @description A graph as it is being drawn, instead of a saved one. */
            flow?: components["schemas"]["DrawnFlowRequest"];
            /**
             * Format: uuid
             * @description Somebody who is there; without one, somebody made up.
             */
            participantId?: string;
            /** @description Values by field name, as they would be typed; they count beside those of the participant. */
            values?: {
                [key: string]: unknown;
            };
            /** @example Europe/Madrid */
            timeZone?: string;
            communication?: components["schemas"]["TrialCommunication"];
        };
        ToldRunAnswer: {
            /** @description Path, plans, cancels, field changes. */
            run: {
                [key: string]: unknown;
            };
            /** @description One for each step. */
            sentences: Record<string, never>[];
        };
        DryRunAnswer: {
            /**
             * Format: date-time
             * @description The instant that it pretended to be.
             * @example 2026-11-20T09:00:00.000Z
             */
            at: string;
            /** @description In the order in which they would run. */
            runs: components["schemas"]["ToldRunAnswer"][];
            /** @description Runs that a bound would cut. */
            cuts: Record<string, never>[];
        };
        DeadLetterAnswer: {
            /** @example analytics-projections.participants */
            group: string;
            /** @example 0:42 */
            position: string;
            /** Format: uuid */
            eventId: string;
            /** @example participant-7d444840-9dc0-51d1-b245-5ffdce74fad2 */
            stream: string;
            /** @example ParticipantCreated */
            type: string;
            /**
             * Format: uuid
             * @description Who the event is about; later events of the same key wait behind it.
             */
            key: string;
            /**
             * @description The code of the refusal, the name of the error, or `key_parked`.
             * @example key_parked
             */
            code: string;
            /** @example 3 */
            attempts: number;
            /** Format: date-time */
            firstAt: string;
            /** Format: date-time */
            lastAt: string;
        };
        DeadLettersAnswer: {
            items: components["schemas"]["DeadLetterAnswer"][];
            /**
             * @description There are more than are listed.
             * @example false
             */
            isCut: boolean;
        };
        ReplayRequest: {
            /** @example analytics-projections.participants */
            group: string;
            /**
             * Format: uuid
             * @example 7d444840-9dc0-51d1-b245-5ffdce74fad2
             */
            key: string;
        };
        ReplayAnswer: {
            /** Format: uuid */
            key: string;
            /** @example 3 */
            handled: number;
            /**
             * @description What is still parked; 0 means that the key runs again.
             * @example 0
             */
            remaining: number;
        };
        Problem: {
            /** @example urn:poinciana:problem:campaign_not_found */
            type: string;
            /** @example Not found */
            title: string;
            /** @example 404 */
            status: number;
            /**
             * @description Stable: callers may switch on it.
             * @example campaign_not_found
             */
            code: string;
            /** @example There is no such campaign */
            detail: string;
            /**
             * @description The request: what to quote when asking for help.
             * @example urn:poinciana:request:1
             */
            instance: string;
            /** @description What is wrong with single fields of the request. */
            problems?: {
                /** @example /name */
                field: string;
                /** @example name should not be empty */
                detail: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    PausesController_pause: {
        parameters: {
            query?: {
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path: {
                campaignId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PauseAnswer"];
                };
            };
            /** @description A refusal (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DryRunsController_one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DryRunRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DryRunAnswer"];
                };
            };
            /** @description A refusal (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DryRunsController_all: {
        parameters: {
            query: {
                flowId: string;
                /** @description Without one the newest, which may be a draft. */
                version?: number;
                trigger?: "participant-created" | "participant-updated" | "communication-ended" | "communication-updated" | "incoming-session" | "from-another-flow";
                /** @description The instant that it pretends to be; without one, now. A day, or a time without an offset, is that of the workspace's zone. */
                at?: string;
                dateFormat?: "YYYY-MM-DD" | "DD.MM.YYYY" | "MM/DD/YYYY";
            };
            header?: never;
            path: {
                campaignId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "text/csv": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": string;
                };
            };
            /** @description A refusal (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeadLettersController_list: {
        parameters: {
            query?: {
                /** @description Only those of this consumer group. */
                group?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeadLettersAnswer"];
                };
            };
            /** @description A refusal (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    DeadLettersController_replay: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayAnswer"];
                };
            };
            /** @description `consumer_group_not_found`, `dead_letter_not_found` */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description A refusal (RFC 9457). */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
