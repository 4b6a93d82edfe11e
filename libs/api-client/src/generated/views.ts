// Written by npm run generate:client.
export interface paths {
    "/api/views/campaigns/{campaignId}/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A campaign in a period: participants, volume, outcomes by flow, node, channel and agent, reasons, time to reply */
        get: operations["AnalyticsController_ofCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/campaigns/{campaignId}/funnel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Each flow by version: how many runs came to each node and took each edge */
        get: operations["AnalyticsController_funnel"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/analytics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Campaigns beside each other, and a period beside another one */
        get: operations["AnalyticsController_compared"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/campaigns": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The campaigns of the workspace, page by page */
        get: operations["CampaignsController_campaigns"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/campaigns/{campaignId}/participants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The participants of a campaign, page by page */
        get: operations["ParticipantsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/campaigns/{campaignId}/participants.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All participants of a filter as CSV, safe to open in a spreadsheet */
        get: operations["ParticipantsController_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/participants/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A participant: details in the order of the Data tab, and results */
        get: operations["ParticipantsController_one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/participants/{id}/communications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The communications of a participant, of all her lives, by the time of planning */
        get: operations["CommunicationsController_ofParticipant"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/campaigns/{campaignId}/communications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The communications of a campaign, by the time of planning */
        get: operations["CommunicationsController_ofCampaign"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/communications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The communications of all campaigns of the workspace, deleted ones too, by the time of planning */
        get: operations["CommunicationsController_ofWorkspace"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/campaigns/{campaignId}/counters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The numbers of a campaign: participants, communications, runs, people by path, reasons */
        get: operations["CountersController_numbers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/campaigns/{campaignId}/not-sent": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was not sent, by reason; the codes filter the list of communications */
        get: operations["CountersController_notSent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/participants/{id}/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Everything that happened to a participant, the newest first, each linked to its cause */
        get: operations["HistoryController_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/participants/{id}/why": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Why a participant was (not) contacted; or why (not) by one communication, or why (not) at one node */
        get: operations["HistoryController_why"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/campaigns/{campaignId}/field-indexes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Which fields of the campaign have an index, so that filters on them are quick */
        get: operations["FieldIndexesController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/campaigns/{campaignId}/field-indexes/{field}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Begins to build an index on a field; asking again tells how it is */
        put: operations["FieldIndexesController_build"];
        post?: never;
        /** Takes the index on a field away */
        delete: operations["FieldIndexesController_drop"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** People of all campaigns by the beginning of a name, an email, a phone number or an external ID */
        get: operations["PeopleController_search"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Customers, by the beginning of any identity, in the order in which they changed, page by page */
        get: operations["CustomersController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/customers/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The 360 View: profile, campaigns, communications in short and results */
        get: operations["CustomersController_one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/campaigns/{campaignId}/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What changes in a campaign, as server-sent events: `changed` with the ids of rows to read again, `reload` to read all again; both with the numbers of participants and communications */
        get: operations["LiveController_watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The conversations of the workspace, by the time of opening */
        get: operations["SessionsController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A conversation with its transcript and results */
        get: operations["SessionsController_one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/rebuild": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the rebuild is, or how it ended */
        get: operations["RebuildController_rebuildStatus"];
        put?: never;
        /** Builds all read models again from the log and swaps them in; goes on with what was interrupted */
        post: operations["RebuildController_rebuild"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How far the comparison is, or what it found in the workspace */
        get: operations["RebuildController_verifyStatus"];
        put?: never;
        /** Computes all read models from the log and compares them with the live ones */
        post: operations["RebuildController_verify"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/views/dead-letters": {
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
    "/api/views/dead-letters/replay": {
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
        GroupsAnswer: {
            /** @example 120 */
            inProgress: number;
            /** @example 300 */
            successful: number;
            /** @example 80 */
            notCompleted: number;
        };
        VolumePointAnswer: {
            /** @example 500 */
            planned: number;
            groups: components["schemas"]["GroupsAnswer"];
            /**
             * @example {
             *       "Completed": 300,
             *       "Planned": 120,
             *       "NoResponse": 80
             *     }
             */
            statuses: {
                [key: string]: number;
            };
            /**
             * @description Participants who came.
             * @example 988
             */
            joined: number;
            /** @example 480 */
            started: number;
            /** @example 210 */
            replied: number;
            /** @example 380 */
            ended: number;
            /**
             * Format: date-time
             * @description The first instant of the interval.
             */
            at: string;
        };
        OutcomesOfAnswer: {
            /** @example 500 */
            planned: number;
            groups: components["schemas"]["GroupsAnswer"];
            /**
             * @example {
             *       "Completed": 300,
             *       "Planned": 120,
             *       "NoResponse": 80
             *     }
             */
            statuses: {
                [key: string]: number;
            };
            /** @example whatsapp */
            id: string;
            /** @example Payment reminder */
            title: string;
        };
        NodeOutcomesAnswer: {
            /** @example 500 */
            planned: number;
            groups: components["schemas"]["GroupsAnswer"];
            /**
             * @example {
             *       "Completed": 300,
             *       "Planned": 120,
             *       "NoResponse": 80
             *     }
             */
            statuses: {
                [key: string]: number;
            };
            /** @example whatsapp */
            id: string;
            /** @example Payment reminder */
            title: string;
            flowId: string;
        };
        ReasonNumberAnswer: {
            /** @example window_passed */
            code: string;
            /** @example Skipped */
            status: string;
            /** @example 12 */
            count: number;
            /** @example The time window for sending was already over. */
            sentence: string;
            advice: string;
        };
        RepliesUpToAnswer: {
            /** @example 300 */
            seconds: number | null;
            /** @example 42 */
            replies: number;
        };
        ReplyTimesAnswer: {
            /** @example 210 */
            replies: number;
            /** @example 640 */
            averageSeconds: number | null;
            upTo: components["schemas"]["RepliesUpToAnswer"][];
        };
        CampaignAnalyticsAnswer: {
            /** @example 500 */
            planned: number;
            groups: components["schemas"]["GroupsAnswer"];
            /**
             * @example {
             *       "Completed": 300,
             *       "Planned": 120,
             *       "NoResponse": 80
             *     }
             */
            statuses: {
                [key: string]: number;
            };
            /**
             * @description Participants who came.
             * @example 988
             */
            joined: number;
            /** @example 480 */
            started: number;
            /** @example 210 */
            replied: number;
            /** @example 380 */
            ended: number;
            series: components["schemas"]["VolumePointAnswer"][];
            flows: components["schemas"]["OutcomesOfAnswer"][];
            nodes: components["schemas"]["NodeOutcomesAnswer"][];
            channels: components["schemas"]["OutcomesOfAnswer"][];
            agents: components["schemas"]["OutcomesOfAnswer"][];
            names: components["schemas"]["OutcomesOfAnswer"][];
            reasons: components["schemas"]["ReasonNumberAnswer"][];
            timeToReply: components["schemas"]["ReplyTimesAnswer"];
        };
        FunnelNodeAnswer: {
            /** @example is-paid */
            id: string;
            /** @example Is paid? */
            title: string;
            /** @example field-check */
            type: string;
            /** @example 988 */
            entered: number;
            /**
             * @description Went no further.
             * @example 88
             */
            stopped: number;
        };
        FunnelEdgeAnswer: {
            /** @example is-paid */
            from: string;
            /** @example match */
            output: string;
            /** @example Match */
            outputTitle: string;
            /** @example due-soon */
            to: string;
            /** @example 900 */
            taken: number;
            /**
             * @description Of those who entered `from`.
             * @example 0.91
             */
            share: number;
        };
        FunnelAnswer: {
            flowId: string;
            /** @example Payment reminder */
            flowName: string;
            /** @example 1 */
            version: number;
            nodes: components["schemas"]["FunnelNodeAnswer"][];
            edges: components["schemas"]["FunnelEdgeAnswer"][];
        };
        FunnelsAnswer: {
            items: components["schemas"]["FunnelAnswer"][];
        };
        TotalsAnswer: {
            /** @example 500 */
            planned: number;
            groups: components["schemas"]["GroupsAnswer"];
            /**
             * @example {
             *       "Completed": 300,
             *       "Planned": 120,
             *       "NoResponse": 80
             *     }
             */
            statuses: {
                [key: string]: number;
            };
            /**
             * @description Participants who came.
             * @example 988
             */
            joined: number;
            /** @example 480 */
            started: number;
            /** @example 210 */
            replied: number;
            /** @example 380 */
            ended: number;
        };
        ComparedCampaignAnswer: {
            /** @example 500 */
            planned: number;
            groups: components["schemas"]["GroupsAnswer"];
            /**
             * @example {
             *       "Completed": 300,
             *       "Planned": 120,
             *       "NoResponse": 80
             *     }
             */
            statuses: {
                [key: string]: number;
            };
            /**
             * @description Participants who came.
             * @example 988
             */
            joined: number;
            /** @example 480 */
            started: number;
            /** @example 210 */
            replied: number;
            /** @example 380 */
            ended: number;
            /** Format: uuid */
            campaignId: string;
            /** @example Payment reminder */
            name: string;
            /** @description The same of the period to compare with. */
            against: components["schemas"]["TotalsAnswer"] | null;
        };
        ComparisonAnswer: {
            campaigns: components["schemas"]["ComparedCampaignAnswer"][];
            /** @description All of them together. */
            total: components["schemas"]["TotalsAnswer"];
            totalAgainst: components["schemas"]["TotalsAnswer"] | null;
            series: components["schemas"]["VolumePointAnswer"][];
        };
        CampaignErrorLine: {
            /** @example channel_refused */
            code: string;
            /** @example WhatsApp: The provider refuses the channel. Check its credentials in the channel settings. */
            sentence: string;
            /** Format: uuid */
            agentId?: string;
            /** Format: uuid */
            channelId?: string;
        };
        CampaignLineAnswer: {
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
            error?: components["schemas"]["CampaignErrorLine"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            modifiedAt: string;
        };
        CampaignPageAnswer: {
            /**
             * @description How many match: exact up to 10000, then estimated.
             * @example 988
             */
            total: number;
            /**
             * @description Whether the total is an estimate.
             * @example false
             */
            isTotalEstimated: boolean;
            /** @description For `after`, to read what follows; absent on the last page. */
            next?: string;
            /** @description For `before`, to read what comes before; absent on the first page. */
            previous?: string;
            items: components["schemas"]["CampaignLineAnswer"][];
        };
        StatusGroupsAnswer: {
            inProgress: number;
            successful: number;
            notCompleted: number;
        };
        LastContactAnswer: {
            /** @example REMINDED_DUE_DATE */
            name: string;
            /** @example whatsapp */
            channelType: string;
            /** @example Completed */
            status: string;
            /** Format: date-time */
            at: string;
        };
        OutcomeAnswer: {
            /** @example promised */
            result: string;
            /** Format: date-time */
            at: string;
        };
        ParticipantItemAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            customerId: string;
            /** @description '' when the customer stands in the campaign once. */
            objectId: string;
            /** @example Anna Kowalska */
            name: (string | number | boolean) | null;
            /** @example anna@example.com */
            email: (string | number | boolean) | null;
            /** @example 34600000001 */
            phone: (string | number | boolean) | null;
            /** @example cust_123 */
            externalId: (string | number | boolean) | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description How many communications there are in this life of hers. */
            communications: number;
            /**
             * @example {
             *       "Completed": 1
             *     }
             */
            statuses: {
                [key: string]: number;
            };
            groups: components["schemas"]["StatusGroupsAnswer"];
            lastContact: components["schemas"]["LastContactAnswer"] | null;
            outcome: components["schemas"]["OutcomeAnswer"] | null;
        };
        ParticipantPageAnswer: {
            /**
             * @description How many match: exact up to 10000, then estimated.
             * @example 988
             */
            total: number;
            /**
             * @description Whether the total is an estimate.
             * @example false
             */
            isTotalEstimated: boolean;
            /** @description For `after`, to read what follows; absent on the last page. */
            next?: string;
            /** @description For `before`, to read what comes before; absent on the first page. */
            previous?: string;
            items: components["schemas"]["ParticipantItemAnswer"][];
        };
        FieldValueAnswer: {
            /** @example due_date */
            name: string;
            /** @example Due Date */
            title: string;
            /** @example date */
            type: string;
            /** @enum {string} */
            level: "customer" | "participant";
            /** @example 2026-11-27 */
            value: (string | number | boolean) | null;
        };
        ParticipantDetailsAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            customerId: string;
            /** @description '' when the customer stands in the campaign once. */
            objectId: string;
            /** @example Anna Kowalska */
            name: (string | number | boolean) | null;
            /** @example anna@example.com */
            email: (string | number | boolean) | null;
            /** @example 34600000001 */
            phone: (string | number | boolean) | null;
            /** @example cust_123 */
            externalId: (string | number | boolean) | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description How many communications there are in this life of hers. */
            communications: number;
            /**
             * @example {
             *       "Completed": 1
             *     }
             */
            statuses: {
                [key: string]: number;
            };
            groups: components["schemas"]["StatusGroupsAnswer"];
            lastContact: components["schemas"]["LastContactAnswer"] | null;
            outcome: components["schemas"]["OutcomeAnswer"] | null;
            /** Format: uuid */
            campaignId: string;
            /** @description IANA name; null: the workspace's zone holds. */
            timeZone: string | null;
            uploadIds: string[];
            /** @description In the order of the Data tab. */
            fields: components["schemas"]["FieldValueAnswer"][];
        };
        ReasonAnswer: {
            /** @example window_passed */
            code: string;
            /** @example The time window for sending was already over. */
            sentence: string;
            /** @description What one can do about it. */
            advice: string;
        };
        CommunicationItemAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            campaignId: string;
            /** Format: uuid */
            participantId: string;
            flowId: string;
            /**
             * Format: uuid
             * @description The run that planned it.
             */
            runId: string;
            nodeId: string;
            /** @example REMINDED_DUE_DATE */
            name: string;
            agentId: string;
            channelId: string;
            /** @example whatsapp */
            channelType: string;
            /** @enum {string} */
            status: "Planned" | "Started" | "Delivered" | "Read" | "Replied" | "Completed" | "NoResponse" | "Canceled" | "Skipped" | "Failed";
            /** @enum {string} */
            group: "inProgress" | "successful" | "notCompleted";
            reason: components["schemas"]["ReasonAnswer"] | null;
            /** Format: date-time */
            sendAt: string | null;
            /** Format: date-time */
            plannedAt: string;
            /** Format: date-time */
            startedAt: string | null;
            /** Format: date-time */
            repliedAt: string | null;
            /** Format: date-time */
            endedAt: string | null;
            /** Format: uuid */
            sessionId: string | null;
            /** @description Sends that were asked of the provider. */
            attempts: number;
        };
        CommunicationPageAnswer: {
            /**
             * @description How many match: exact up to 10000, then estimated.
             * @example 988
             */
            total: number;
            /**
             * @description Whether the total is an estimate.
             * @example false
             */
            isTotalEstimated: boolean;
            /** @description For `after`, to read what follows; absent on the last page. */
            next?: string;
            /** @description For `before`, to read what comes before; absent on the first page. */
            previous?: string;
            items: components["schemas"]["CommunicationItemAnswer"][];
        };
        CampaignCommunicationItemAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            campaignId: string;
            /** Format: uuid */
            participantId: string;
            flowId: string;
            /**
             * Format: uuid
             * @description The run that planned it.
             */
            runId: string;
            nodeId: string;
            /** @example REMINDED_DUE_DATE */
            name: string;
            agentId: string;
            channelId: string;
            /** @example whatsapp */
            channelType: string;
            /** @enum {string} */
            status: "Planned" | "Started" | "Delivered" | "Read" | "Replied" | "Completed" | "NoResponse" | "Canceled" | "Skipped" | "Failed";
            /** @enum {string} */
            group: "inProgress" | "successful" | "notCompleted";
            reason: components["schemas"]["ReasonAnswer"] | null;
            /** Format: date-time */
            sendAt: string | null;
            /** Format: date-time */
            plannedAt: string;
            /** Format: date-time */
            startedAt: string | null;
            /** Format: date-time */
            repliedAt: string | null;
            /** Format: date-time */
            endedAt: string | null;
            /** Format: uuid */
            sessionId: string | null;
            /** @description Sends that were asked of the provider. */
            attempts: number;
            /** @example Anna Kowalska */
            participantName: string | null;
        };
        CampaignCommunicationPageAnswer: {
            /**
             * @description How many match: exact up to 10000, then estimated.
             * @example 988
             */
            total: number;
            /**
             * @description Whether the total is an estimate.
             * @example false
             */
            isTotalEstimated: boolean;
            /** @description For `after`, to read what follows; absent on the last page. */
            next?: string;
            /** @description For `before`, to read what comes before; absent on the first page. */
            previous?: string;
            items: components["schemas"]["CampaignCommunicationItemAnswer"][];
        };
        NamedCommunicationsAnswer: {
            /** @example REMINDED_DUE_DATE */
            name: string;
            total: number;
            /**
             * @example {
             *       "Completed": 310,
             *       "NoResponse": 92
             *     }
             */
            statuses: {
                [key: string]: number;
            };
        };
        CommunicationNumbersAnswer: {
            total: number;
            /**
             * @example {
             *       "inProgress": 3,
             *       "successful": 310,
             *       "notCompleted": 92
             *     }
             */
            groups: {
                [key: string]: number;
            };
            /**
             * @example {
             *       "Completed": 310,
             *       "NoResponse": 92
             *     }
             */
            statuses: {
                [key: string]: number;
            };
            names: components["schemas"]["NamedCommunicationsAnswer"][];
        };
        PeopleOnPathAnswer: {
            /**
             * @example [
             *       "remind-before"
             *     ]
             */
            nodeIds: string[];
            /** @example Early reminder */
            title: string;
            /** @example 412 */
            people: number;
        };
        FlowRunsAnswer: {
            flowId: string;
            /** @example Payment reminder */
            flowName: string;
            /** @example Participant Created */
            trigger: string;
            runs: number;
            failed: number;
            paths: components["schemas"]["PeopleOnPathAnswer"][];
        };
        RunNumbersAnswer: {
            total: number;
            failed: number;
            flows: components["schemas"]["FlowRunsAnswer"][];
        };
        ReasonCountAnswer: {
            /** @example window_passed */
            code: string;
            /**
             * @description null: no communication was made at all.
             * @example Skipped
             */
            status: string | null;
            /** @example 12 */
            count: number;
            /** @example The time window for sending was already over. */
            sentence: string;
            advice: string;
        };
        CampaignNumbersAnswer: {
            /** @example 1000 */
            participants: number;
            communications: components["schemas"]["CommunicationNumbersAnswer"];
            runs: components["schemas"]["RunNumbersAnswer"];
            reasons: components["schemas"]["ReasonCountAnswer"][];
        };
        NotSentAnswer: {
            items: components["schemas"]["ReasonCountAnswer"][];
        };
        WhyChangeAnswer: {
            /** Format: date-time */
            time: string;
            type: string;
            sentence: string;
            fields: string[];
        };
        WhyStepAnswer: {
            /** @example 2 */
            number: number;
            /** @example is-paid */
            nodeId: string;
            /** @example Is Payment Received false is equal to false: Match */
            sentence: string;
            /** @example window_passed */
            code: string | null;
            advice: string;
        };
        WhyEventAnswer: {
            /** Format: date-time */
            time: string;
            type: string;
            sentence: string;
        };
        WhyCommunicationAnswer: {
            /** Format: uuid */
            id: string;
            /** @example REMINDED_DUE_DATE */
            name: string;
            /** @example WhatsApp */
            channel: string;
            /** @example Completed */
            status: string;
            sendAt: string | null;
            windowEnd: string | null;
            /** @example at once, inside the window 09:00–18:00 */
            because: string;
            reason: components["schemas"]["ReasonAnswer"] | null;
            history: components["schemas"]["WhyEventAnswer"][];
        };
        WhyRunAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            time: string;
            flowId: string;
            /** @example Payment reminder */
            flowName: string;
            flowVersion: number;
            /** @example Participant Created */
            trigger: string;
            firedBy: string;
            caughtUp: boolean;
            steps: components["schemas"]["WhyStepAnswer"][];
            fieldChanges: string[];
            failure: string | null;
            communications: components["schemas"]["WhyCommunicationAnswer"][];
        };
        WhyParticipantAnswer: {
            /** Format: uuid */
            participantId: string;
            /** Format: uuid */
            campaignId: string;
            name: string | null;
            /** @example Europe/Madrid */
            timeZone: string;
            /** @example UTC */
            workspaceTimeZone: string;
            /** @example Contacted twice; last WhatsApp REMINDED_DUE_DATE, Completed, 20 Nov 2026. Next: none. */
            sentence: string;
            changes: components["schemas"]["WhyChangeAnswer"][];
            runs: components["schemas"]["WhyRunAnswer"][];
            /** @description Whether older events were left out. */
            isCut: boolean;
        };
        WhyCommunicationNamedAnswer: {
            /**
             * @description null for a node that plans none.
             * @example REMINDED_BEFORE_2D
             */
            communication: string | null;
            /** @enum {string} */
            answer: "sent" | "reached" | "planned" | "reason" | "stopped" | "notTriggered" | "unknown";
            /** @example Stopped before Early reminder: Due Date 2026-11-22 is on or after Today + 3 days (2026-11-23): Else */
            sentence: string;
            code: string | null;
            advice: string;
            flowId: string | null;
            nodeId: string | null;
            communicationId: string | null;
        };
        TimelineEntryAnswer: {
            /** Format: uuid */
            eventId: string;
            /**
             * @description Where it stands in the log.
             * @example 0:42
             */
            position: string;
            /** Format: date-time */
            time: string;
            /** @enum {string} */
            kind: "participant" | "run" | "communication" | "message";
            /** @example CommunicationStarted */
            type: string;
            /** @example REMINDED_DUE_DATE sent over WhatsApp. */
            sentence: string;
            /**
             * @example [
             *       "Due Date: 2026-11-24 → 2026-11-30"
             *     ]
             */
            changes: string[];
            /** @description The eventId of the entry that caused it; null when the cause lies outside. */
            causedBy: string | null;
            runId: string | null;
            communicationId: string | null;
        };
        TimelineAnswer: {
            items: components["schemas"]["TimelineEntryAnswer"][];
            /** @description Where the next page begins; absent on the last page. */
            next?: string;
        };
        FieldIndexAnswer: {
            /** @example due_date */
            field: string;
            /**
             * @example ready
             * @enum {string}
             */
            state: "none" | "building" | "ready";
        };
        FieldIndexesAnswer: {
            items: components["schemas"]["FieldIndexAnswer"][];
        };
        PersonAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            customerId: string;
            /** @description '' when the customer stands in the campaign once. */
            objectId: string;
            /** @example Anna Kowalska */
            name: (string | number | boolean) | null;
            /** @example anna@example.com */
            email: (string | number | boolean) | null;
            /** @example 34600000001 */
            phone: (string | number | boolean) | null;
            /** @example cust_123 */
            externalId: (string | number | boolean) | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description How many communications there are in this life of hers. */
            communications: number;
            /**
             * @example {
             *       "Completed": 1
             *     }
             */
            statuses: {
                [key: string]: number;
            };
            groups: components["schemas"]["StatusGroupsAnswer"];
            lastContact: components["schemas"]["LastContactAnswer"] | null;
            outcome: components["schemas"]["OutcomeAnswer"] | null;
            /** Format: uuid */
            campaignId: string;
        };
        PeopleAnswer: {
            /** @description At most 50. */
            items: components["schemas"]["PersonAnswer"][];
        };
        CustomerItemAnswer: {
            /** Format: uuid */
            id: string;
            /** @example Anna Kowalska */
            name: (string | number | boolean) | null;
            /** @example anna@example.com */
            email: (string | number | boolean) | null;
            /** @example 34600000001 */
            phone: (string | number | boolean) | null;
            /** @example cust_123 */
            externalId: (string | number | boolean) | null;
            /** @description The campaigns that she is in. */
            campaignIds: string[];
            /** Format: date-time */
            updatedAt: string;
        };
        CustomersAnswer: {
            /**
             * @description How many match: exact up to 10000, then estimated.
             * @example 988
             */
            total: number;
            /**
             * @description Whether the total is an estimate.
             * @example false
             */
            isTotalEstimated: boolean;
            /** @description For `after`, to read what follows; absent on the last page. */
            next?: string;
            /** @description For `before`, to read what comes before; absent on the first page. */
            previous?: string;
            items: components["schemas"]["CustomerItemAnswer"][];
        };
        ParticipationAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            customerId: string;
            /** @description '' when the customer stands in the campaign once. */
            objectId: string;
            /** @example Anna Kowalska */
            name: (string | number | boolean) | null;
            /** @example anna@example.com */
            email: (string | number | boolean) | null;
            /** @example 34600000001 */
            phone: (string | number | boolean) | null;
            /** @example cust_123 */
            externalId: (string | number | boolean) | null;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description How many communications there are in this life of hers. */
            communications: number;
            /**
             * @example {
             *       "Completed": 1
             *     }
             */
            statuses: {
                [key: string]: number;
            };
            groups: components["schemas"]["StatusGroupsAnswer"];
            lastContact: components["schemas"]["LastContactAnswer"] | null;
            outcome: components["schemas"]["OutcomeAnswer"] | null;
            /** Format: uuid */
            campaignId: string;
            /** @example Payment reminder */
            campaignName: string;
        };
        CustomerAnswer: {
            /** Format: uuid */
            id: string;
            /**
             * @example {
             *       "name": "Anna Kowalska",
             *       "email": "anna@example.com"
             *     }
             */
            profile: {
                [key: string]: unknown;
            };
            /** @example false */
            isErased: boolean;
            /** Format: date-time */
            updatedAt: string;
            participations: components["schemas"]["ParticipationAnswer"][];
        };
        SessionAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            channelId: string;
            /** @example whatsapp */
            channelType: string;
            /**
             * Format: uuid
             * @description null: of none, as a test message of a channel or what somebody wrote whom no agent answers.
             */
            agentId: string | null;
            /** @enum {string} */
            direction: "outbound" | "inbound";
            /** Format: uuid */
            communicationId: string | null;
            /** Format: uuid */
            participantId: string | null;
            /** Format: uuid */
            customerId: string | null;
            /** Format: uuid */
            campaignId: string | null;
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            lastAt: string;
            /** Format: date-time */
            closedAt: string | null;
            /**
             * @example agent
             * @enum {string|null}
             */
            closeReason: "agent" | "duration" | "canceled" | "ended" | null;
            /**
             * @example {
             *       "result": "promised"
             *     }
             */
            results: {
                [key: string]: unknown;
            } | null;
        };
        SessionPageAnswer: {
            /**
             * @description How many match: exact up to 10000, then estimated.
             * @example 988
             */
            total: number;
            /**
             * @description Whether the total is an estimate.
             * @example false
             */
            isTotalEstimated: boolean;
            /** @description For `after`, to read what follows; absent on the last page. */
            next?: string;
            /** @description For `before`, to read what comes before; absent on the first page. */
            previous?: string;
            items: components["schemas"]["SessionAnswer"][];
        };
        SessionMessageAnswer: {
            /** Format: date-time */
            at: string;
            /** @enum {string} */
            direction: "sent" | "received";
            /**
             * @description '' once it was erased.
             * @example I will pay tomorrow
             */
            text: string;
        };
        SessionDetailsAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            channelId: string;
            /** @example whatsapp */
            channelType: string;
            /**
             * Format: uuid
             * @description null: of none, as a test message of a channel or what somebody wrote whom no agent answers.
             */
            agentId: string | null;
            /** @enum {string} */
            direction: "outbound" | "inbound";
            /** Format: uuid */
            communicationId: string | null;
            /** Format: uuid */
            participantId: string | null;
            /** Format: uuid */
            customerId: string | null;
            /** Format: uuid */
            campaignId: string | null;
            /** Format: date-time */
            openedAt: string;
            /** Format: date-time */
            lastAt: string;
            /** Format: date-time */
            closedAt: string | null;
            /**
             * @example agent
             * @enum {string|null}
             */
            closeReason: "agent" | "duration" | "canceled" | "ended" | null;
            /**
             * @example {
             *       "result": "promised"
             *     }
             */
            results: {
                [key: string]: unknown;
            } | null;
            transcript: components["schemas"]["SessionMessageAnswer"][];
        };
        GroupReplayAnswer: {
            /** @example analytics-projections.participants */
            group: string;
            /**
             * @description Everything of the log up to this number is in the tables.
             * @example 120000
             */
            position: number;
            /** @example 480000 */
            head: number;
            /** @example 0 */
            deadLetters: number;
        };
        RebuildStatusAnswer: {
            /**
             * @example running
             * @enum {string}
             */
            state: "none" | "running" | "interrupted" | "done" | "failed";
            /**
             * @example replaying
             * @enum {string|null}
             */
            phase: "replaying" | "indexing" | "swapping" | null;
            groups: components["schemas"]["GroupReplayAnswer"][];
            /**
             * @description Why it failed.
             * @example null
             */
            problem: string | null;
        };
        TableVerdictAnswer: {
            /** @example participant */
            table: string;
            /**
             * @description '' where rows belong to no campaign.
             * @example 1c000000-0000-4000-8000-000000000001
             */
            campaignId: string;
            /** @example 00000000-0000-4000-8000-000000000001 */
            workspace: string;
            /** @example 988 */
            rows: number;
            /** @example -8231290123 */
            hash: string;
            /** @example 988 */
            expectedRows: number;
            /** @example -8231290123 */
            expectedHash: string;
            /** @example true */
            matches: boolean;
        };
        DifferenceAnswer: {
            /** @example participant */
            table: string;
            /** @example 1c000000-0000-4000-8000-000000000001 */
            campaignId: string;
            /** @example 00000000-0000-4000-8000-000000000001 */
            workspace: string;
            /**
             * @description The key of the first row that differs.
             * @example 7d444840-9dc0-51d1-b245-5ffdce74fad2
             */
            row: string;
            /**
             * @example [
             *       "updated_at",
             *       "revision"
             *     ]
             */
            columns: string[];
        };
        VerificationAnswer: {
            /**
             * @description Everything of the log up to this number was compared.
             * @example 480000
             */
            position: number;
            /** @example true */
            matches: boolean;
            /** @description Those of the workspace. */
            tables: components["schemas"]["TableVerdictAnswer"][];
            firstDifference: components["schemas"]["DifferenceAnswer"] | null;
            /**
             * @description Events that the live consumers could not handle: they are in neither.
             * @example 0
             */
            deadLetters: number;
        };
        VerifyStatusAnswer: {
            /**
             * @example done
             * @enum {string}
             */
            state: "none" | "running" | "done" | "failed";
            groups: components["schemas"]["GroupReplayAnswer"][];
            verification: components["schemas"]["VerificationAnswer"] | null;
            /** @example null */
            problem: string | null;
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
    AnalyticsController_ofCampaign: {
        parameters: {
            query?: {
                /** @description The first instant that counts, by the quarter of an hour; from the beginning when absent. A day, or a time without an offset, is that of the workspace's zone. */
                from?: string;
                /** @description The first instant that counts no more; to the end when absent. A day, or a time without an offset, is that of the workspace's zone. */
                before?: string;
                /** @description In the workspace's zone. */
                interval?: "hour" | "day" | "week" | "month";
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
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignAnalyticsAnswer"];
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
    AnalyticsController_funnel: {
        parameters: {
            query?: {
                /** @description The first instant that counts, by the quarter of an hour; from the beginning when absent. A day, or a time without an offset, is that of the workspace's zone. */
                from?: string;
                /** @description The first instant that counts no more; to the end when absent. A day, or a time without an offset, is that of the workspace's zone. */
                before?: string;
                /** @description Only this flow. */
                flowId?: string;
                /** @description Only this version. */
                version?: number;
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
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FunnelsAnswer"];
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
    AnalyticsController_compared: {
        parameters: {
            query?: {
                /** @description The first instant that counts, by the quarter of an hour; from the beginning when absent. A day, or a time without an offset, is that of the workspace's zone. */
                from?: string;
                /** @description The first instant that counts no more; to the end when absent. A day, or a time without an offset, is that of the workspace's zone. */
                before?: string;
                /** @description In the workspace's zone. */
                interval?: "hour" | "day" | "week" | "month";
                /** @description Ids of campaigns, separated by commas, at most 50; those that changed last when absent. */
                campaign?: string[];
                /** @description The beginning of a period to compare with. A day, or a time without an offset, is that of the workspace's zone. */
                againstFrom?: string;
                /** @description Its end. A day, or a time without an offset, is that of the workspace's zone. */
                againstBefore?: string;
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path?: never;
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
    CampaignsController_campaigns: {
        parameters: {
            query?: {
                direction?: "asc" | "desc";
                /** @description The `next` of another page: what follows it. */
                after?: string;
                /** @description The `previous` of another page: what comes before it. Counts for nothing beside `after`. */
                before?: string;
                limit?: number;
                /** @description Part of the name or the description, without regard to case. */
                q?: string;
                /** @description One or more, separated by commas. */
                status?: ("Inactive" | "Active" | "Error")[];
                sort?: "modified" | "created";
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path?: never;
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
                    "application/json": components["schemas"]["CampaignPageAnswer"];
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
            query?: {
                direction?: "asc" | "desc";
                /** @description The `next` of another page: what follows it. */
                after?: string;
                /** @description The `previous` of another page: what comes before it. Counts for nothing beside `after`. */
                before?: string;
                limit?: number;
                sort?: "createdAt" | "updatedAt" | "name" | "email" | "phone" | "externalId";
                /** @description Part of the name, the email, the phone or the external ID, in any case; of what may be a phone number the digits count. */
                q?: string;
                /** @description How the name begins, in any case. */
                name?: string;
                /** @description How the email begins, in any case. */
                email?: string;
                /** @description How the phone number begins; only its digits count. */
                phone?: string;
                /** @description How the external ID begins, in any case. */
                externalId?: string;
                /** @description Those that this upload made or changed. */
                uploadId?: string;
                /** @description Created at this instant or later. A day, or a time without an offset, is that of the workspace's zone. */
                createdFrom?: string;
                /** @description Created before this instant. A day, or a time without an offset, is that of the workspace's zone. */
                createdBefore?: string;
                /** @description Changed at this instant or later. A day, or a time without an offset, is that of the workspace's zone. */
                updatedFrom?: string;
                /** @description Changed before this instant. A day, or a time without an offset, is that of the workspace's zone. */
                updatedBefore?: string;
                /** @description With a communication in one of these statuses; separated by commas. */
                status?: ("Planned" | "Started" | "Delivered" | "Read" | "Replied" | "Completed" | "NoResponse" | "Canceled" | "Skipped" | "Failed")[];
                /** @description Conditions on fields, `field:operator:value`, with the operators of a Field Check; all must hold. Values of `isBetween` and `inList` are separated by commas. A day, or a time without an offset, is that of the zone of each participant, else of the workspace. */
                field?: string[];
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
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ParticipantPageAnswer"];
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
    ParticipantsController_file: {
        parameters: {
            query?: {
                direction?: "asc" | "desc";
                /** @description The `next` of another page: what follows it. */
                after?: string;
                /** @description The `previous` of another page: what comes before it. Counts for nothing beside `after`. */
                before?: string;
                limit?: number;
                sort?: "createdAt" | "updatedAt" | "name" | "email" | "phone" | "externalId";
                /** @description Part of the name, the email, the phone or the external ID, in any case; of what may be a phone number the digits count. */
                q?: string;
                /** @description How the name begins, in any case. */
                name?: string;
                /** @description How the email begins, in any case. */
                email?: string;
                /** @description How the phone number begins; only its digits count. */
                phone?: string;
                /** @description How the external ID begins, in any case. */
                externalId?: string;
                /** @description Those that this upload made or changed. */
                uploadId?: string;
                /** @description Created at this instant or later. A day, or a time without an offset, is that of the workspace's zone. */
                createdFrom?: string;
                /** @description Created before this instant. A day, or a time without an offset, is that of the workspace's zone. */
                createdBefore?: string;
                /** @description Changed at this instant or later. A day, or a time without an offset, is that of the workspace's zone. */
                updatedFrom?: string;
                /** @description Changed before this instant. A day, or a time without an offset, is that of the workspace's zone. */
                updatedBefore?: string;
                /** @description With a communication in one of these statuses; separated by commas. */
                status?: ("Planned" | "Started" | "Delivered" | "Read" | "Replied" | "Completed" | "NoResponse" | "Canceled" | "Skipped" | "Failed")[];
                /** @description Conditions on fields, `field:operator:value`, with the operators of a Field Check; all must hold. Values of `isBetween` and `inList` are separated by commas. A day, or a time without an offset, is that of the zone of each participant, else of the workspace. */
                field?: string[];
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
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": string;
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
    ParticipantsController_one: {
        parameters: {
            query?: {
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["ParticipantDetailsAnswer"];
                };
            };
            /** @description There is no such participant (`participant_not_found`). */
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
    CommunicationsController_ofParticipant: {
        parameters: {
            query?: {
                direction?: "asc" | "desc";
                /** @description The `next` of another page: what follows it. */
                after?: string;
                /** @description The `previous` of another page: what comes before it. Counts for nothing beside `after`. */
                before?: string;
                limit?: number;
                /** @description One or more, separated by commas. */
                status?: ("Planned" | "Started" | "Delivered" | "Read" | "Replied" | "Completed" | "NoResponse" | "Canceled" | "Skipped" | "Failed")[];
                /** @description Codes of reasons, one or more, separated by commas. */
                code?: string[];
                /** @description The name of the communication. */
                name?: string;
                channelType?: string;
                channelId?: string;
                agentId?: string;
                /** @description Planned by this flow. */
                flowId?: string;
                /** @description Planned by this node. */
                nodeId?: string;
                /** @description Planned at this instant or later. A day, or a time without an offset, is that of the workspace's zone. */
                plannedFrom?: string;
                /** @description Planned before this instant. A day, or a time without an offset, is that of the workspace's zone. */
                plannedBefore?: string;
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["CommunicationPageAnswer"];
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
    CommunicationsController_ofCampaign: {
        parameters: {
            query?: {
                direction?: "asc" | "desc";
                /** @description The `next` of another page: what follows it. */
                after?: string;
                /** @description The `previous` of another page: what comes before it. Counts for nothing beside `after`. */
                before?: string;
                limit?: number;
                /** @description One or more, separated by commas. */
                status?: ("Planned" | "Started" | "Delivered" | "Read" | "Replied" | "Completed" | "NoResponse" | "Canceled" | "Skipped" | "Failed")[];
                /** @description Codes of reasons, one or more, separated by commas. */
                code?: string[];
                /** @description The name of the communication. */
                name?: string;
                channelType?: string;
                channelId?: string;
                agentId?: string;
                /** @description Planned by this flow. */
                flowId?: string;
                /** @description Planned by this node. */
                nodeId?: string;
                /** @description Planned at this instant or later. A day, or a time without an offset, is that of the workspace's zone. */
                plannedFrom?: string;
                /** @description Planned before this instant. A day, or a time without an offset, is that of the workspace's zone. */
                plannedBefore?: string;
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
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignCommunicationPageAnswer"];
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
    CommunicationsController_ofWorkspace: {
        parameters: {
            query?: {
                direction?: "asc" | "desc";
                /** @description The `next` of another page: what follows it. */
                after?: string;
                /** @description The `previous` of another page: what comes before it. Counts for nothing beside `after`. */
                before?: string;
                limit?: number;
                /** @description One or more, separated by commas. */
                status?: ("Planned" | "Started" | "Delivered" | "Read" | "Replied" | "Completed" | "NoResponse" | "Canceled" | "Skipped" | "Failed")[];
                /** @description Codes of reasons, one or more, separated by commas. */
                code?: string[];
                /** @description The name of the communication. */
                name?: string;
                channelType?: string;
                channelId?: string;
                agentId?: string;
                /** @description Planned by this flow. */
                flowId?: string;
                /** @description Planned by this node. */
                nodeId?: string;
                /** @description Planned at this instant or later. A day, or a time without an offset, is that of the workspace's zone. */
                plannedFrom?: string;
                /** @description Planned before this instant. A day, or a time without an offset, is that of the workspace's zone. */
                plannedBefore?: string;
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path?: never;
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
                    "application/json": components["schemas"]["CampaignCommunicationPageAnswer"];
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
    CountersController_numbers: {
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
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CampaignNumbersAnswer"];
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
    CountersController_notSent: {
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
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["NotSentAnswer"];
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
    HistoryController_timeline: {
        parameters: {
            query?: {
                /** @description As it stood at this instant; now when absent. A day, or a time without an offset, is that of the workspace's zone. */
                asOf?: string;
                /** @description The `next` of the page before. */
                after?: string;
                limit?: number;
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["TimelineAnswer"];
                    "text/plain": components["schemas"]["TimelineAnswer"];
                };
            };
            /** @description There is no such participant (`participant_not_found`). */
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
    HistoryController_why: {
        parameters: {
            query?: {
                /** @description As it stood at this instant; now when absent. A day, or a time without an offset, is that of the workspace's zone. */
                asOf?: string;
                /** @description Asks why (not) the communication of this name. */
                communication?: string;
                /** @description Asks about this node; with `flow`. */
                node?: string;
                /** @description The flow of the node. */
                flow?: string;
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["WhyParticipantAnswer"] | components["schemas"]["WhyCommunicationNamedAnswer"];
                    "text/plain": components["schemas"]["WhyParticipantAnswer"] | components["schemas"]["WhyCommunicationNamedAnswer"];
                };
            };
            /** @description There is no such participant (`participant_not_found`). */
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
    FieldIndexesController_list: {
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
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldIndexesAnswer"];
                };
            };
            /** @description The campaign has no such field (`field_not_found`). */
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
    FieldIndexesController_build: {
        parameters: {
            query?: {
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path: {
                campaignId: string;
                field: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FieldIndexAnswer"];
                };
            };
            /** @description The campaign has no such field (`field_not_found`). */
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
    FieldIndexesController_drop: {
        parameters: {
            query?: {
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path: {
                campaignId: string;
                field: string;
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
            /** @description The campaign has no such field (`field_not_found`). */
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
    PeopleController_search: {
        parameters: {
            query: {
                /** @description How a name, an email, a phone number or an external ID begins. */
                q: string;
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path?: never;
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
                    "application/json": components["schemas"]["PeopleAnswer"];
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
    CustomersController_list: {
        parameters: {
            query?: {
                direction?: "asc" | "desc";
                /** @description The `next` of another page: what follows it. */
                after?: string;
                /** @description The `previous` of another page: what comes before it. Counts for nothing beside `after`. */
                before?: string;
                limit?: number;
                /** @description How a name, an email, a phone number or an external ID begins. */
                q?: string;
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path?: never;
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
                    "application/json": components["schemas"]["CustomersAnswer"];
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
    CustomersController_one: {
        parameters: {
            query?: {
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["CustomerAnswer"];
                };
            };
            /** @description There is no such customer (`customer_not_found`). */
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
    LiveController_watch: {
        parameters: {
            query?: {
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: {
                /** @description The id of the last event that was seen: goes on behind it. */
                "last-event-id"?: string;
            };
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
                    "text/event-stream": string;
                };
            };
            /** @description There is no such campaign (`campaign_not_found`). */
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
    SessionsController_list: {
        parameters: {
            query?: {
                direction?: "asc" | "desc";
                /** @description The `next` of another page: what follows it. */
                after?: string;
                /** @description The `previous` of another page: what comes before it. Counts for nothing beside `after`. */
                before?: string;
                limit?: number;
                agentId?: string;
                channelType?: string;
                channelId?: string;
                campaignId?: string;
                participantId?: string;
                /** @description Opened at this instant or later. A day, or a time without an offset, is that of the workspace's zone. */
                openedFrom?: string;
                /** @description Opened before this instant. A day, or a time without an offset, is that of the workspace's zone. */
                openedBefore?: string;
                /** @description Words that all stand in one message. */
                q?: string;
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path?: never;
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
                    "application/json": components["schemas"]["SessionPageAnswer"];
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
    SessionsController_one: {
        parameters: {
            query?: {
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path: {
                id: string;
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
                    "application/json": components["schemas"]["SessionDetailsAnswer"];
                };
            };
            /** @description There is no such session (`session_not_found`). */
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
    RebuildController_rebuildStatus: {
        parameters: {
            query?: {
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path?: never;
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
                    "application/json": components["schemas"]["RebuildStatusAnswer"];
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
    RebuildController_rebuild: {
        parameters: {
            query?: {
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RebuildStatusAnswer"];
                };
            };
            /** @description It runs already (`rebuild_running`). */
            409: {
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
    RebuildController_verifyStatus: {
        parameters: {
            query?: {
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path?: never;
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
                    "application/json": components["schemas"]["VerifyStatusAnswer"];
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
    RebuildController_verify: {
        parameters: {
            query?: {
                /** @description The poinciana-position of a write that the answer should reflect; waited for within a limit. */
                waitFor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifyStatusAnswer"];
                };
            };
            /** @description It runs already (`verify_running`). */
            409: {
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
