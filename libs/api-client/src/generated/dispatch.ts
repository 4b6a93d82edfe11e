// Written by npm run generate:client.
export interface paths {
    "/api/dispatch/communications/{communicationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A communication with its history and its conversation */
        get: operations["CommunicationsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/communications/{communicationId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends a communication as Canceled; one that has ended stays as it is */
        post: operations["CommunicationsController_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/channels/{channelId}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How a channel does: what was taken, failed, is unknown or held back */
        get: operations["ChannelsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/dead-letters": {
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
    "/api/dispatch/dead-letters/replay": {
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
        CommunicationStepAnswer: {
            /** Format: date-time */
            at: string;
            /** @example CommunicationDelivered */
            event: string;
            /** @example Delivered */
            status: string;
            /** @example rate_limited */
            code?: string;
            /** @description What the code means, in a sentence. */
            sentence?: string;
        };
        MessageAnswer: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            direction: "sent" | "received";
            /** @description Empty after an erasure. */
            text: string;
        };
        CommunicationHistoryAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            campaignId: string;
            /** Format: uuid */
            participantId: string;
            /** @example PAYMENT_REMINDER */
            name: string;
            /** @example whatsapp */
            channelType: string;
            /** Format: uuid */
            channelId: string;
            /** @example Delivered */
            status: string;
            /** @description Sends that were asked of the provider. */
            attempts: number;
            /** Format: date-time */
            sendAt?: string;
            /**
             * Format: date-time
             * @description The first instant at which it is too late.
             */
            windowEnd?: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            endedAt?: string;
            /**
             * @description Why it ended or waits.
             * @example window_missed
             */
            code?: string;
            /** @description What the code means, in a sentence. */
            sentence?: string;
            /** @description Results of the conversation by name. */
            results: {
                [key: string]: unknown;
            };
            steps: components["schemas"]["CommunicationStepAnswer"][];
            messages: components["schemas"]["MessageAnswer"][];
        };
        CommunicationAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            campaignId: string;
            /** Format: uuid */
            participantId: string;
            /** @example PAYMENT_REMINDER */
            name: string;
            /** @example whatsapp */
            channelType: string;
            /** Format: uuid */
            channelId: string;
            /** @example Delivered */
            status: string;
            /** @description Sends that were asked of the provider. */
            attempts: number;
            /** Format: date-time */
            sendAt?: string;
            /**
             * Format: date-time
             * @description The first instant at which it is too late.
             */
            windowEnd?: string;
            /** Format: date-time */
            startedAt?: string;
            /** Format: date-time */
            endedAt?: string;
            /**
             * @description Why it ended or waits.
             * @example window_missed
             */
            code?: string;
            /** @description What the code means, in a sentence. */
            sentence?: string;
            /** @description Results of the conversation by name. */
            results: {
                [key: string]: unknown;
            };
        };
        SendCountsAnswer: {
            /** @description Taken by the provider. */
            accepted: number;
            /** @description Ended as Failed. */
            failed: number;
            /** @description Ended as Failed because nobody knows what became of them. */
            unknown: number;
            /** @description Attempts that were put off. */
            delayed: number;
        };
        WebhookCountsAnswer: {
            /** @description Told by the provider, each once. */
            received: number;
            /** @description Told again. */
            repeated: number;
            /** @description Not yet worked off. */
            waiting: number;
            /** @description About messages that nobody knows. */
            unknown: number;
            /** @description Requests with a wrong signature, since the process began. */
            forged: number;
        };
        HeldBackAnswer: {
            /** @description Of the last batch. */
            count: number;
            /** @description How long the channel is left alone, in milliseconds. */
            pauseMs: number;
        };
        ChannelHealthAnswer: {
            sends: components["schemas"]["SendCountsAnswer"];
            webhooks: components["schemas"]["WebhookCountsAnswer"];
            heldBack: components["schemas"]["HeldBackAnswer"];
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
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    CommunicationsController_read: {
        parameters: {
            query?: never;
            header?: {
                /** @description The place in the log that the answer reflects. */
                "poinciana-position"?: string;
            };
            path: {
                communicationId: string;
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
                    "application/json": components["schemas"]["CommunicationHistoryAnswer"];
                };
            };
        };
    };
    CommunicationsController_cancel: {
        parameters: {
            query?: never;
            header?: {
                /** @description The place in the log that the answer reflects. */
                "poinciana-position"?: string;
            };
            path: {
                communicationId: string;
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
                    "application/json": components["schemas"]["CommunicationAnswer"];
                };
            };
        };
    };
    ChannelsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
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
                    "application/json": components["schemas"]["ChannelHealthAnswer"];
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
                content?: never;
            };
        };
    };
}
