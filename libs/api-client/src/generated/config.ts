// Written by npm run generate:client.
export interface paths {
    "/api/config/campaigns/{campaignId}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The campaign as a bundle: readable JSON in a ZIP archive, with a manifest and hashes */
        get: operations["BundlesController_export"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/import/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** What an import would create, and what is missing here; stores nothing */
        post: operations["BundlesController_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates a campaign from a bundle, its flows Inactive */
        post: operations["BundlesController_import"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Creates a campaign */
        post: operations["CampaignsController_createCampaign"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A campaign as its writer knows it, always up to date */
        get: operations["CampaignsController_campaign"];
        put?: never;
        post?: never;
        /** Deletes a campaign that is not Active; its name is free again */
        delete: operations["CampaignsController_deleteCampaign"];
        options?: never;
        head?: never;
        /** Renames a campaign or changes its description */
        patch: operations["CampaignsController_editCampaign"];
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/fields": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The campaign with its fields, and the etag of the fields */
        get: operations["FieldsController_fields"];
        /** Defines the fields of a campaign: the whole list, in its order */
        put: operations["FieldsController_defineFields"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/flows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Makes an empty flow */
        post: operations["FlowsController_create"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/flows/order": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Orders the flows: of two that one event starts, the first in the list runs first */
        put: operations["FlowsController_order"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/flows/{flowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The newest version of a flow */
        get: operations["FlowsController_flow"];
        /** Saves a version of a flow; the etag is that of the flow */
        put: operations["FlowsController_save"];
        post?: never;
        /** Deletes a flow */
        delete: operations["FlowStatesController_deleteFlow"];
        options?: never;
        head?: never;
        /** Renames a flow, which is a version of it */
        patch: operations["FlowsController_rename"];
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/flows/{flowId}/checks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that stands between a flow and its activation, and what is doubtful */
        get: operations["FlowStatesController_checks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/flows/{flowId}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Activates a flow that passes all checks */
        post: operations["FlowStatesController_activate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/flows/{flowId}/deactivate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Deactivates a flow */
        post: operations["FlowStatesController_deactivate"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/flows/{flowId}/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Every saved version of a flow: who, when, with which note */
        get: operations["FlowVersionsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/flows/{flowId}/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One version of a flow, with its graph */
        get: operations["FlowVersionsController_one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/flows/{flowId}/versions/{version}/changes-to/{other}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What differs between two versions, as data and as sentences */
        get: operations["FlowVersionsController_compare"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/flows/{flowId}/versions/{version}/restore": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Saves an old version again, as the newest */
        post: operations["FlowVersionsController_restore"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What Start would say now: its checks, whom and what it asks about; starts nothing */
        get: operations["RunningController_preview"];
        put?: never;
        /** Starts a campaign, with the answers to the questions that Start asks */
        post: operations["RunningController_start"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/campaigns/{campaignId}/stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What Stop would do now; stops nothing */
        get: operations["RunningController_stopPreview"];
        put?: never;
        /** Stops a campaign: no new triggers, no new sends */
        post: operations["RunningController_stop"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/workspace": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Settings, agents and channels of the workspace */
        get: operations["WorkspaceController_workspace"];
        /** Names the workspace and its time zone */
        put: operations["WorkspaceController_saveSettings"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/workspace/agents/{agentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Saves an agent; its signing key is sealed and never given out again */
        put: operations["AgentsController_saveAgent"];
        post?: never;
        /** Deletes an agent; a running campaign that has no other goes into Error */
        delete: operations["AgentsController_deleteAgent"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/workspace/channels/{channelId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Saves a channel; its secrets are sealed and never given out again */
        put: operations["ChannelsController_save"];
        post?: never;
        /** Deletes a channel that no agent is attached to */
        delete: operations["ChannelsController_deleteChannel"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/config/dead-letters": {
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
    "/api/config/dead-letters/replay": {
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
        ProblemAnswer: {
            /** @example missing_setting */
            code: string;
            /**
             * @description An error blocks activation, a warning does not.
             * @enum {string}
             */
            severity: "error" | "warning";
            /** @example Fill in required fields for: Reminder */
            sentence: string;
            nodeId?: string;
            setting?: string;
            parameters: {
                [key: string]: unknown;
            };
        };
        PlannedFlowAnswer: {
            name: string;
            nodes: number;
            /** @description What stands between the flow and its activation here. */
            problems: components["schemas"]["ProblemAnswer"][];
        };
        PlannedReferenceAnswer: {
            /** @description As it is called here, or where the bundle comes from. */
            name: string;
            /**
             * Format: uuid
             * @description Which of this workspace it is; absent when it is missing here.
             */
            id?: string;
        };
        ImportPreviewAnswer: {
            /** @description With a number behind it when the name is taken. */
            name: string;
            description: string;
            /** @description Tells whether two bundles define the same. */
            hash: string;
            /** @description Names of the fields, in the order of the Data tab. */
            fields: string[];
            /** @description Customer profile fields that are new in this workspace. */
            newProfileFields: string[];
            flows: components["schemas"]["PlannedFlowAnswer"][];
            agents: components["schemas"]["PlannedReferenceAnswer"][];
            channels: components["schemas"]["PlannedReferenceAnswer"][];
        };
        CampaignErrorAnswer: {
            /** @example channel_refused */
            code: string;
            /** @example The provider refused the channel or its credentials. (WhatsApp) */
            sentence: string;
            /** Format: uuid */
            agentId?: string;
            /** Format: uuid */
            channelId?: string;
        };
        FlowAnswer: {
            /** Format: uuid */
            id: string;
            /** @example Payment reminder */
            name: string;
            /**
             * @description The newest version, counted from 1.
             * @example 3
             */
            version: number;
            active: boolean;
            nodes: Record<string, never>[];
            edges: Record<string, never>[];
            /** @description Names the state that was read, for if-match. */
            etag: string;
        };
        CampaignAnswer: {
            /** Format: uuid */
            id: string;
            /** @example Payment reminder */
            name: string;
            description: string;
            /** @enum {string} */
            kind: "flow" | "python";
            /** @enum {string} */
            status: "Inactive" | "Active" | "Error";
            /** @description Why the status is Error. */
            error?: components["schemas"]["CampaignErrorAnswer"];
            /**
             * @description Names the state that was read, for if-match.
             * @example 5b7dd486-f3ff-5a40-9193-5bc80a069e5e
             */
            etag: string;
            /** @description In the order of the Data tab. */
            fields: Record<string, never>[];
            /** @description Names the state that was read, for if-match. */
            fieldsEtag: string;
            /** @description In list order. */
            flows: components["schemas"]["FlowAnswer"][];
        };
        CreateCampaignRequest: {
            /**
             * @description Unique in the workspace, without regard to case.
             * @example Payment reminder
             */
            name: string;
            description?: string;
        };
        EditCampaignRequest: {
            /** @example Payment reminder */
            name?: string;
            description?: string;
        };
        FieldRequest: {
            /** @example due_date */
            name: string;
            /** @example Due Date */
            title: string;
            description?: string;
            /** @enum {string} */
            type: "string" | "integer" | "numeric" | "boolean" | "date" | "datetime" | "enumeration" | "email" | "phone";
            /** @enum {string} */
            level: "customer" | "participant";
            /** @description Whether uploads read it. Off turns Required off. */
            import: boolean;
            required: boolean;
            /** @description True for the system fields only. */
            locked?: boolean;
            enumerationValues?: string[];
        };
        FieldsRequest: {
            /** @description The whole list, in the order of the Data tab. */
            fields: components["schemas"]["FieldRequest"][];
        };
        NewFlowRequest: {
            /**
             * @description Without one it gets a default name.
             * @example Payment reminder
             */
            name?: string;
        };
        FlowOrderRequest: {
            /**
             * @description Every flow of the campaign once.
             * @example [
             *       "7d444840-9dc0-51d1-b245-5ffdce74fad2"
             *     ]
             */
            flowIds: string[];
        };
        FlowRequest: {
            /** @example Payment reminder */
            name: string;
            /** @description id, type, name, settings and layout of each node. */
            nodes: Record<string, never>[];
            /** @description from, output and to of each edge, in the order in which they were drawn. */
            edges: Record<string, never>[];
            /** @description What this version is about. */
            note?: string;
        };
        FlowNameRequest: {
            /** @example Payment reminder */
            name: string;
        };
        FlowChecksAnswer: {
            problems: components["schemas"]["ProblemAnswer"][];
        };
        VersionLineAnswer: {
            version: number;
            name: string;
            nodes: number;
            note: string;
            /** @description The version that it repeats. */
            restoredFrom?: number;
            /** Format: date-time */
            savedAt: string;
            /** @example user:anna */
            savedBy: string;
        };
        VersionPageAnswer: {
            /** @description The newest first. */
            items: components["schemas"]["VersionLineAnswer"][];
            total: number;
            /** @description For `before`; absent on the last page. */
            next?: number;
        };
        VersionAnswer: {
            version: number;
            name: string;
            nodes: number;
            note: string;
            /** @description The version that it repeats. */
            restoredFrom?: number;
            /** Format: date-time */
            savedAt: string;
            /** @example user:anna */
            savedBy: string;
            /** @description The graph as it was saved. */
            flow: {
                [key: string]: unknown;
            };
        };
        ComparisonAnswer: {
            /**
             * @example [
             *       "Field Check 'Is paid?' changed from “…” to “…”."
             *     ]
             */
            sentences: string[];
            /** @description name, nodes, edges, moved. */
            differences: {
                [key: string]: unknown;
            };
        };
        RefusalAnswer: {
            /** @example no_active_flow */
            code: string;
            detail: string;
        };
        FlowToStartAnswer: {
            /** Format: uuid */
            flowId: string;
            name: string;
            version: number;
            problems: components["schemas"]["ProblemAnswer"][];
        };
        PauseAnswer: {
            /** @description People for whom something waits, each once. */
            people: number;
            /** @description Of them, those who came during the pause. */
            participantsCreated: number;
            /** @description Of them, those one of whose communications ended during the pause. */
            communicationsEnded: number;
            /** @description Communications that were not sent before their window was over. */
            communicationsOverdue: number;
        };
        StartQuestionAnswer: {
            /**
             * @description The member of the request to start.
             * @enum {string}
             */
            name: "pauseAnswer" | "overdueAnswer";
            options: string[];
            /** @description What holds when nothing is answered. */
            default: string;
            /** @description How many people, or communications, it concerns; with 0 there is nothing to ask. */
            concerns: number;
        };
        StartPreviewAnswer: {
            /** @enum {string} */
            status: "Inactive" | "Active" | "Error";
            error?: components["schemas"]["CampaignErrorAnswer"];
            /** @description Absent when the campaign can be started. */
            refusal?: components["schemas"]["RefusalAnswer"];
            /** @description The active flows, in list order. */
            flows: components["schemas"]["FlowToStartAnswer"][];
            pause: components["schemas"]["PauseAnswer"];
            questions: components["schemas"]["StartQuestionAnswer"][];
        };
        StartRequest: {
            /**
             * @description What becomes of people whose Participant Created or Communication Ended fell into the pause.
             * @default run
             * @example newcomersOnly
             * @enum {string}
             */
            pauseAnswer: "run" | "newcomersOnly";
            /**
             * @description What becomes of communications that missed their window during the pause.
             * @default skip
             * @enum {string}
             */
            overdueAnswer: "skip" | "replan";
        };
        StopPreviewAnswer: {
            /** @enum {string} */
            status: "Inactive" | "Active" | "Error";
            /**
             * @description Communications that wait to be sent: held until the next Start.
             * @example 12
             */
            communicationsHeld: number;
        };
        AgentAnswer: {
            /** Format: uuid */
            id: string;
            name: string;
            /** @enum {string} */
            runtime: "scripted" | "webhook";
            channelIds: string[];
            /** @description What the agent finds out in a conversation. */
            results: Record<string, never>[];
            /** @description Whether it answers people who write first. */
            inbound: boolean;
            script?: {
                [key: string]: unknown;
            };
            /** @description Where an agent of the webhook runtime is asked. */
            url?: string;
            /** @description Whether it has a signing key. */
            signingKeySet: boolean;
            /** @description Names the state that was read, for if-match. */
            etag: string;
        };
        ChannelAnswer: {
            /** Format: uuid */
            id: string;
            name: string;
            type: string;
            running: boolean;
            settings: {
                [key: string]: string;
            };
            /** @description Names of the secrets that are set. */
            secretsSet: string[];
            templates: Record<string, never>[];
            /** @description Names the state that was read, for if-match. */
            etag: string;
        };
        WorkspaceAnswer: {
            name: string;
            /** @example Europe/Madrid */
            timeZone: string;
            /** @description Names the name and the time zone that were read, for if-match. */
            etag: string;
            agents: components["schemas"]["AgentAnswer"][];
            channels: components["schemas"]["ChannelAnswer"][];
            /** @description Fields of the customer profile beside the system fields: name and type. */
            profileFields: Record<string, never>[];
        };
        WorkspaceRequest: {
            /** @example Collections */
            name: string;
            /**
             * @description An IANA time zone.
             * @example Europe/Madrid
             */
            timeZone: string;
        };
        ConversationResultRequest: {
            /** @example promised_to_pay */
            name: string;
            /** @example boolean */
            type: string;
            enumerationValues?: string[];
        };
        AgentRequest: {
            /** @example Collections Bot */
            name: string;
            /** @enum {string} */
            runtime: "scripted" | "webhook";
            /** @description The channels on which the agent speaks. */
            channelIds: string[];
            /** @description What the agent finds out in a conversation. */
            results?: components["schemas"]["ConversationResultRequest"][];
            /** @description Whether the agent answers people who write first. */
            inbound?: boolean;
            /** @description The rules of a scripted agent. */
            script?: {
                [key: string]: unknown;
            };
            /** @description Where an agent of the webhook runtime is asked; needed by it. */
            url?: string;
            /** @description Signs both directions of the webhook runtime. Sealed, and never given out again; left out, it stays. */
            signingKey?: string;
        };
        TemplateRequest: {
            /** @example payment_reminder */
            name: string;
            /** @example en */
            language: string;
            body: string;
            /** @description Names of the variables, in the order of the placeholders of the body. */
            variables: string[];
        };
        ChannelRequest: {
            /** @example Collections WhatsApp */
            name: string;
            /** @enum {string} */
            type: "whatsapp" | "telegram" | "email" | "voice" | "webhook";
            running: boolean;
            /** @description Texts by name. unknownOutcomes is one of never_twice, at_least_once (without it the first): what is done about a send of which nobody learns whether it went out. Before it may run, a channel needs, by its type: whatsapp: baseUrl, phoneNumberId; telegram: none; email: host, port, from; voice: baseUrl; webhook: url. */
            settings: {
                [key: string]: string;
            };
            /** @description Sealed, and never given out again; what is left out stays as it is. Needed, by type: whatsapp: accessToken, appSecret, verifyToken; telegram: botToken; email: none; voice: apiKey; webhook: signingKey. */
            secrets?: {
                [key: string]: string;
            };
            templates?: components["schemas"]["TemplateRequest"][];
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
    BundlesController_export: {
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
                    "application/zip": string;
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
    BundlesController_preview: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/zip": string;
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImportPreviewAnswer"];
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
    BundlesController_import: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/zip": string;
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    CampaignsController_createCampaign: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateCampaignRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    CampaignsController_campaign: {
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
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    CampaignsController_deleteCampaign: {
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
            204: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
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
    CampaignsController_editCampaign: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag of the state that is to be changed, or *. Needed where something is there already. */
                "if-match"?: string;
            };
            path: {
                campaignId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditCampaignRequest"];
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
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    FieldsController_fields: {
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
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    FieldsController_defineFields: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag of the state that is to be changed, or *. Needed where something is there already. */
                "if-match"?: string;
            };
            path: {
                campaignId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FieldsRequest"];
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
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    FlowsController_create: {
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
                "application/json": components["schemas"]["NewFlowRequest"];
            };
        };
        responses: {
            201: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FlowAnswer"];
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
    FlowsController_order: {
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
                "application/json": components["schemas"]["FlowOrderRequest"];
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
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    FlowsController_flow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                flowId: string;
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
                    "application/json": components["schemas"]["FlowAnswer"];
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
    FlowsController_save: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag of the state that is to be changed, or *. Needed where something is there already. */
                "if-match"?: string;
            };
            path: {
                campaignId: string;
                flowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlowRequest"];
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
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    FlowStatesController_deleteFlow: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                flowId: string;
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
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    FlowsController_rename: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag of the state that is to be changed, or *. Needed where something is there already. */
                "if-match"?: string;
            };
            path: {
                campaignId: string;
                flowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["FlowNameRequest"];
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
                    "application/json": components["schemas"]["FlowAnswer"];
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
    FlowStatesController_checks: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                flowId: string;
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
                    "application/json": components["schemas"]["FlowChecksAnswer"];
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
    FlowStatesController_activate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                flowId: string;
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
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    FlowStatesController_deactivate: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                flowId: string;
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
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    FlowVersionsController_list: {
        parameters: {
            query?: {
                /** @description Only versions before this one: the last one of the page before. */
                before?: number;
                limit?: number;
            };
            header?: never;
            path: {
                campaignId: string;
                flowId: string;
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
                    "application/json": components["schemas"]["VersionPageAnswer"];
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
    FlowVersionsController_one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                flowId: string;
                version: number;
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
                    "application/json": components["schemas"]["VersionAnswer"];
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
    FlowVersionsController_compare: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                flowId: string;
                version: number;
                other: number;
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
                    "application/json": components["schemas"]["ComparisonAnswer"];
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
    FlowVersionsController_restore: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag of the state that is to be changed, or *. Needed where something is there already. */
                "if-match"?: string;
            };
            path: {
                campaignId: string;
                flowId: string;
                version: number;
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
                    "application/json": components["schemas"]["FlowAnswer"];
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
    RunningController_preview: {
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
                    "application/json": components["schemas"]["StartPreviewAnswer"];
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
    RunningController_start: {
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
                "application/json": components["schemas"]["StartRequest"];
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
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    RunningController_stopPreview: {
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
                    "application/json": components["schemas"]["StopPreviewAnswer"];
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
    RunningController_stop: {
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
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignAnswer"];
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
    WorkspaceController_workspace: {
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
                    "application/json": components["schemas"]["WorkspaceAnswer"];
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
    WorkspaceController_saveSettings: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag of the state that is to be changed, or *. Needed where something is there already. */
                "if-match"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["WorkspaceRequest"];
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
                    "application/json": components["schemas"]["WorkspaceAnswer"];
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
    AgentsController_saveAgent: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag of the state that is to be changed, or *. Needed where something is there already. */
                "if-match"?: string;
            };
            path: {
                agentId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AgentRequest"];
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
                    "application/json": components["schemas"]["WorkspaceAnswer"];
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
    AgentsController_deleteAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                agentId: string;
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
                    "application/json": components["schemas"]["WorkspaceAnswer"];
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
    ChannelsController_save: {
        parameters: {
            query?: never;
            header?: {
                /** @description The etag of the state that is to be changed, or *. Needed where something is there already. */
                "if-match"?: string;
            };
            path: {
                channelId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChannelRequest"];
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
                    "application/json": components["schemas"]["WorkspaceAnswer"];
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
    ChannelsController_deleteChannel: {
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
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkspaceAnswer"];
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
