// Written by npm run generate:client.
export interface paths {
    "/api/dispatch/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The channels, whether their providers take messages, and where these tell us things */
        get: operations["ChannelsController_list"];
        put?: never;
        post?: never;
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
    "/api/dispatch/channels/{channelId}/limits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What a channel may send, and what a limit holds back until when */
        get: operations["ChannelsController_limits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/channels/{channelId}/templates": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The approved templates of the provider's account, asked for just now */
        get: operations["ChannelsController_templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/channels/{channelId}/test-messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Sends one message over the channel and says what the provider answered */
        post: operations["ChannelsController_test"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
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
    "/api/dispatch/communications/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends communications as Canceled; answers those that exist, as they are now */
        post: operations["CommunicationsController_cancelMany"];
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
    "/api/dispatch/mail-previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** A mail as it would go out with these values; nothing is sent and nothing is kept */
        post: operations["MailPreviewsController_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/participants/{participantId}/communications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The communications of a participant from the log itself, the newest first; none for an unknown one */
        get: operations["ParticipantsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/participants/{participantId}/communications/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends whatever is open of a participant as Canceled */
        post: operations["ParticipantsController_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/campaigns/{campaignId}/failed": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What failed in a campaign and was not tried again, by its code */
        get: operations["RetriesController_preview"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/campaigns/{campaignId}/failed/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Plans failed communications anew, each once, up to 1,000 a request; the failed ones stay Failed */
        post: operations["RetriesController_retry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/sessions/{sessionId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A session with its transcript */
        get: operations["SessionsController_read"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/sessions/{sessionId}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Writes to the person, at most once for an idempotency-key; the transcript says what became of it */
        post: operations["SessionsController_say"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/sessions/{sessionId}/close": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends an inbound session; one that is closed stays as it is */
        post: operations["SessionsController_close"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/channels/{channelId}/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers who do not want to be contacted on a channel, page by page */
        get: operations["SuppressionsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/customers/{customerId}/suppressions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The channels on which a customer does not want to be contacted */
        get: operations["SuppressionsController_ofCustomer"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/dispatch/channels/{channelId}/suppressions/{customerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** From now on nothing is sent to the customer on the channel */
        put: operations["SuppressionsController_put"];
        post?: never;
        /** The customer may be contacted on the channel again */
        delete: operations["SuppressionsController_lift"];
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
        ChannelAnswer: {
            /**
             * @description Whether the provider takes messages.
             * @enum {string}
             */
            state: "healthy" | "failed";
            /** Format: date-time */
            since?: string;
            /** @example channel_refused */
            code?: string;
            /** @description What the code means, in a sentence. */
            sentence?: string;
            /** @description What the provider called it. */
            providerCode?: string;
            /** Format: uuid */
            id: string;
            name: string;
            /** @example whatsapp */
            type: string;
            running: boolean;
            /** @description Where the provider tells us things, below the address of the API. */
            webhookPath?: string;
        };
        ChannelListAnswer: {
            items: components["schemas"]["ChannelAnswer"][];
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
            /**
             * @description Whether the provider takes messages.
             * @enum {string}
             */
            state: "healthy" | "failed";
            /** Format: date-time */
            since?: string;
            /** @example channel_refused */
            code?: string;
            /** @description What the code means, in a sentence. */
            sentence?: string;
            /** @description What the provider called it. */
            providerCode?: string;
            sends: components["schemas"]["SendCountsAnswer"];
            webhooks: components["schemas"]["WebhookCountsAnswer"];
            /**
             * @description What is done about a send of which nobody learns whether it went out: it ends as Failed `outcome_unknown`, or is tried again. The setting `unknownOutcomes` of the channel.
             * @enum {string}
             */
            unknownOutcomes: "never_twice" | "at_least_once";
            heldBack: components["schemas"]["HeldBackAnswer"];
        };
        HeldBackUntilAnswer: {
            /** @description Messages of the last batch that a limit kept back, in this process. */
            count: number;
            /**
             * Format: date-time
             * @description Until when the channel is left alone, or takes nobody new.
             */
            until?: string;
        };
        ChannelLimitsAnswer: {
            /**
             * @description Messages a second of the sender; absent: no limit.
             * @example 80
             */
            messagesPerSecond?: number;
            /**
             * @description The least time between two messages to one person, in milliseconds.
             * @example 6000
             */
            pairIntervalMs?: number;
            /**
             * @description Different people within 24 hours, of all channels of its portfolio together; absent: no limit.
             * @example 2000
             */
            peoplePerDay?: number;
            heldBack: components["schemas"]["HeldBackUntilAnswer"];
        };
        TemplateAnswer: {
            name: string;
            /** @example en */
            language: string;
            /** @example APPROVED */
            status: string;
            /** @description With the places of its variables in double braces. */
            body: string;
            variables: string[];
        };
        TemplateListAnswer: {
            items: components["schemas"]["TemplateAnswer"][];
        };
        TestMessageRequest: {
            /**
             * @description Where the message goes: a number, a chat id, a mail address.
             * @example 34600000001
             */
            address: string;
            /** @description The text, or the body of the mail. */
            text?: string;
            /** @description Makes it a mail. */
            subject?: string;
            /**
             * @description Of a mail.
             * @default plain
             * @enum {string}
             */
            format: "plain" | "html";
            /** @description Makes it a template message. */
            templateName?: string;
            /**
             * @description Of a template message.
             * @default en
             */
            templateLanguage: string;
            /** @description Of a template message, in the order of its places. */
            templateValues?: string[];
            /** @description Makes it a call. */
            sipServer?: string;
        };
        SessionMessageAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            direction: "sent" | "received";
            /** @description Empty after an erasure. */
            text: string;
            /** @description Who wrote it: a user, the service for an agent. */
            actor: string;
            /**
             * @description Of a sent one: whether the provider took it.
             * @enum {string}
             */
            outcome?: "waiting" | "accepted" | "failed";
            /** @example outcome_unknown */
            code?: string;
            /** @description What the code means, in a sentence. */
            sentence?: string;
            /** @description What the provider called it. */
            providerCode?: string;
        };
        SessionAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            channelId: string;
            /** @example whatsapp */
            channelType: string;
            /** Format: uuid */
            agentId?: string;
            /** @enum {string} */
            direction: "outbound" | "inbound";
            /** Format: uuid */
            communicationId?: string;
            /** @description Participants whom it concerns; none for an unknown person. */
            participantIds: string[];
            /** @enum {string} */
            state: "open" | "closed";
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            closedAt?: string;
            /** @enum {string} */
            closedBy?: "agent" | "duration" | "canceled" | "ended";
            /** @description Results of the session by name. */
            results: {
                [key: string]: unknown;
            };
            messages: components["schemas"]["SessionMessageAnswer"][];
        };
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
            /** Format: uuid */
            sessionId?: string;
            /** @description Results of the conversation by name. */
            results: {
                [key: string]: unknown;
            };
            steps: components["schemas"]["CommunicationStepAnswer"][];
            messages: components["schemas"]["MessageAnswer"][];
        };
        CancelRequest: {
            /**
             * @example [
             *       "8f7f4d0e-7c7a-5d53-9d1e-2f6b2a0c1e11"
             *     ]
             */
            communicationIds: string[];
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
            /** Format: uuid */
            sessionId?: string;
            /** @description Results of the conversation by name. */
            results: {
                [key: string]: unknown;
            };
        };
        CommunicationListAnswer: {
            items: components["schemas"]["CommunicationAnswer"][];
        };
        MailPreviewRequest: {
            /** @example Your payment of {{amount}} */
            subject: string;
            /** @example <p>Hello {{name}}</p> */
            body: string;
            /**
             * @default plain
             * @enum {string}
             */
            format: "plain" | "html";
            /**
             * @description Values by the names of the places: at most 100 texts of at most 1,024 characters.
             * @example {
             *       "name": "Ada",
             *       "amount": "10"
             *     }
             */
            values?: {
                [key: string]: string;
            };
        };
        MailPreviewAnswer: {
            /**
             * @description One line.
             * @example Your invoice, Anna
             */
            subject: string;
            /**
             * @description What programs show that show text only.
             * @example Dear Anna, please find it attached.
             */
            text: string;
            /** @description Show it in a frame of its own: the template itself may hold anything. */
            html?: string;
            /** @description Places without a value: they stay empty. */
            missing: string[];
        };
        FailureCountAnswer: {
            /** @example mailbox_full */
            code: string;
            /** @description What the code means, in a sentence. */
            sentence: string;
            count: number;
            /** @description Whether it is tried again without being named; `outcome_unknown` may have been sent. */
            isRetried: boolean;
        };
        RetryPreviewAnswer: {
            items: components["schemas"]["FailureCountAnswer"][];
        };
        RetryRequestBody: {
            /**
             * @description Only failures with these codes; by default all that are retried.
             * @example [
             *       "provider_unavailable"
             *     ]
             */
            codes?: string[];
        };
        RetryAnswer: {
            /**
             * @description Planned anew, for the next window.
             * @example 12
             */
            planned: number;
            /** @description The participant is gone or was reached after all, there is no time left, or another one of that name is in progress. */
            passedOver: number;
            /** @description Still to be tried: repeat the request. */
            left: number;
        };
        MessageRequest: {
            /** @example A colleague will call you today. */
            text: string;
        };
        SuppressionAnswer: {
            /**
             * Format: uuid
             * @example 8f7f4d0e-7c7a-5d53-9d1e-2f6b2a0c1e11
             */
            channelId: string;
            /** Format: uuid */
            customerId: string;
        };
        SuppressionPageAnswer: {
            items: components["schemas"]["SuppressionAnswer"][];
            /** Format: uuid */
            next?: string;
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
    ChannelsController_list: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["ChannelListAnswer"];
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
    ChannelsController_limits: {
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
                    "application/json": components["schemas"]["ChannelLimitsAnswer"];
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
    ChannelsController_templates: {
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
                    "application/json": components["schemas"]["TemplateListAnswer"];
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
    ChannelsController_test: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["TestMessageRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
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
    CommunicationsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                communicationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommunicationHistoryAnswer"];
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
    CommunicationsController_cancelMany: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CancelRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommunicationListAnswer"];
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
    CommunicationsController_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                communicationId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommunicationAnswer"];
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
    MailPreviewsController_preview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MailPreviewRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MailPreviewAnswer"];
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
    ParticipantsController_list: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                participantId: string;
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
                    "application/json": components["schemas"]["CommunicationListAnswer"];
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
    ParticipantsController_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                participantId: string;
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
                    "application/json": components["schemas"]["CommunicationListAnswer"];
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
    RetriesController_preview: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["RetryPreviewAnswer"];
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
    RetriesController_retry: {
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
                "application/json": components["schemas"]["RetryRequestBody"];
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetryAnswer"];
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
    SessionsController_read: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
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
    SessionsController_say: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MessageRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
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
    SessionsController_close: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                sessionId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SessionAnswer"];
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
    SuppressionsController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
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
                    "application/json": components["schemas"]["SuppressionPageAnswer"];
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
    SuppressionsController_ofCustomer: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: string;
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
                    "application/json": components["schemas"]["SuppressionPageAnswer"];
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
    SuppressionsController_put: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
    SuppressionsController_lift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                channelId: string;
                customerId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
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
