// Written by npm run generate:client.
export interface paths {
    "/api/ingest/campaigns/{campaignId}/participants": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Adds participants, or updates those who are known */
        post: operations["ParticipantsController_add"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/participants/{participantId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Deletes a participant from the campaign and cancels its communications; the customer stays */
        delete: operations["ParticipantsController_remove"];
        options?: never;
        head?: never;
        /** Changes values of one participant and of the profile behind it */
        patch: operations["ParticipantsController_edit"];
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/participants/stream": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Adds any number of participants, one JSON item a line; answers a line for each while they are still being sent
         * @description An answer is an item’s answer with its `line`. What is answered is stored. Read the answers while you send: who does not take them is not read from. A stream that must stop ends with a problem document as its last line.
         */
        post: operations["ParticipantStreamController_stream"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/customers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The customers of the workspace, page by page; or those whom an identity belongs to */
        get: operations["CustomersController_list"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/customers/{customerId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A profile, always up to date, and where the customer is a participant */
        get: operations["CustomersController_one"];
        put?: never;
        post?: never;
        /** Erases a customer: out of every campaign, and every personal value for ever */
        delete: operations["CustomersController_erase"];
        options?: never;
        head?: never;
        /** Changes values of a profile; its participants follow in every campaign */
        patch: operations["CustomersController_edit"];
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The uploads of a campaign, the newest first; without one that was cut off while it was received */
        get: operations["UploadsController_list"];
        put?: never;
        /** Receives and checks a CSV file; its rows are imported in the background */
        post: operations["UploadsController_upload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads/{uploadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One upload with its live counters */
        get: operations["UploadsController_one"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads/{uploadId}/errors": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What is wrong with the rows of a file, grouped by field and code */
        get: operations["UploadsController_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads/{uploadId}/warnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Warnings of the rows of a file, which stopped none of them, grouped by field and code */
        get: operations["UploadsController_warnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads/{uploadId}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Ends an upload early, also one in parts that is not whole yet; the rows stored so far stay */
        post: operations["UploadsController_cancel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/resumable-uploads": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begins the upload of a CSV file that may be broken off and gone on with (tus 1.0.0)
         * @description The header `location` of the answer names the upload; its last part is the id of the upload, which is found among the uploads of the campaign at once. When the last byte is there, the file is checked and imported in the background; a file that is refused ends its upload as Failed, with the code as `reason`.
         */
        post: operations["ResumableUploadsController_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/resumable-uploads/{uploadId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Gives up an upload that is not finished */
        delete: operations["ResumableUploadsController_discard"];
        options?: never;
        /** How many bytes of the file are stored: `upload-offset` */
        head: operations["ResumableUploadsController_stored"];
        /** Sends a part of the file, from `upload-offset` on */
        patch: operations["ResumableUploadsController_part"];
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/upload-template.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A file with the header that the campaign takes, to be filled in */
        get: operations["UploadFilesController_template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads/{uploadId}/errors.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The errors report: row, field, value, code and reason of every problem */
        get: operations["UploadFilesController_errors"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads/{uploadId}/warnings.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The warnings report: row, field, value, code and reason of every warning of a row */
        get: operations["UploadFilesController_warnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads/{uploadId}/failed-rows.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The failed rows whole, under the header of the file, to mend and upload again */
        get: operations["UploadFilesController_failedRows"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads/{uploadId}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The file as it was received, as long as it is kept */
        get: operations["UploadFilesController_file"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/upload-previews": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What an import would make of a file; nothing is stored
         * @description Looks at the first MiB, so a part of the file is enough.
         */
        post: operations["UploadPreviewsController_preview"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads/{uploadId}/progress": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The counters of an upload as server-sent events: `progress` as they move, at last `ended` with the final status. Each carries the upload as GET answers it */
        get: operations["UploadProgressController_watch"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads/{uploadId}/revert": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** How the revert of an upload, or its preview, gets on, and what it led to */
        get: operations["RevertsController_one"];
        put?: never;
        /**
         * Undoes what an upload did, in the background; or says what that would be
         * @description Participants that the upload created are deleted from the campaign, values that it changed become what they were, as long as nothing newer has changed them. All of it are ordinary events: in an Active campaign Participant Updated fires, and deleting a participant cancels its communications. Asking again while it is under way changes nothing.
         */
        post: operations["RevertsController_begin"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/campaigns/{campaignId}/uploads/{uploadId}/revert/left-alone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the revert of an upload, or its preview, leaves as it is, and why */
        get: operations["RevertsController_leftAlone"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/ingest/dead-letters": {
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
    "/api/ingest/dead-letters/replay": {
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
        ItemProblemAnswer: {
            /** @description Empty when the item as a whole is wrong. */
            field: string;
            value: string;
            /** @example invalid_email */
            code: string;
            reason: string;
        };
        ItemWarningAnswer: {
            field: string;
            /** @example ignored_attribute */
            code: string;
            reason: string;
        };
        ItemAnswer: {
            /** @enum {string} */
            outcome: "created" | "updated" | "unchanged" | "failed";
            /** Format: uuid */
            participantId?: string;
            /** Format: uuid */
            customerId?: string;
            problems?: components["schemas"]["ItemProblemAnswer"][];
            warnings: components["schemas"]["ItemWarningAnswer"][];
        };
        ParticipantsAnswer: {
            /** @description One for each item of the request, in order. */
            items: components["schemas"]["ItemAnswer"][];
        };
        EditParticipantRequest: {
            /**
             * @description Values by field name. null clears a value.
             * @example {
             *       "name": "Anna Kowalska",
             *       "phone": null
             *     }
             */
            attributes: Record<string, never>;
            /**
             * @description null: the zone of the workspace.
             * @example Europe/London
             */
            timezone?: string | null;
        };
        CustomerAnswer: {
            /** Format: uuid */
            id: string;
            /**
             * @description Values by field name.
             * @example {
             *       "name": "Anna Kowalska",
             *       "email": "anna@example.com"
             *     }
             */
            profile: Record<string, never>;
        };
        CustomerPageAnswer: {
            items: components["schemas"]["CustomerAnswer"][];
            /**
             * Format: uuid
             * @description Pass it as `after` to read on; absent at the end.
             */
            next?: string;
        };
        CustomerParticipantAnswer: {
            /** Format: uuid */
            participantId: string;
            /** Format: uuid */
            campaignId: string;
            /** @description Empty when the customer stands in the campaign once. */
            objectId: string;
        };
        CustomerDetailsAnswer: {
            /** Format: uuid */
            id: string;
            /**
             * @description Values by field name.
             * @example {
             *       "name": "Anna Kowalska",
             *       "email": "anna@example.com"
             *     }
             */
            profile: Record<string, never>;
            /** @description Also those who were deleted from their campaign. */
            participants: components["schemas"]["CustomerParticipantAnswer"][];
        };
        EditCustomerRequest: {
            /**
             * @description Values by field name. null clears a value.
             * @example {
             *       "name": "Anna Kowalska",
             *       "phone": null
             *     }
             */
            attributes: Record<string, never>;
        };
        WaitingAnswer: {
            /** @enum {string} */
            code: "storage_full" | "unavailable";
            /** @example It waits for room: the disk or the database is full. It goes on by itself where it stopped, once somebody made room. */
            detail: string;
        };
        ColumnWarningAnswer: {
            column: string;
            /** @enum {string} */
            code: "ignored_column" | "unnamed_column";
        };
        UploadRevertAnswer: {
            /** @enum {string} */
            status: "Processing" | "Completed" | "Failed";
            /** @description Whether something that the upload had changed stays as it is; `revert/left-alone` lists what. Customers whom the upload made stay in any case. */
            partial: boolean;
            /** Format: date-time */
            begunAt: string;
            /** Format: date-time */
            endedAt?: string;
            /**
             * @description Who asked for it.
             * @example user:ada
             */
            actor: string;
            participantsDeleted: number;
            participantsRestored: number;
            profilesRestored: number;
            leftAlone: number;
        };
        UploadAnswer: {
            /** Format: uuid */
            id: string;
            /** Format: uuid */
            campaignId: string;
            fileName: string;
            /** @enum {string} */
            status: "Processing" | "Completed" | "Failed";
            /**
             * @description Why the file as a whole failed.
             * @example file_missing
             */
            reason?: string;
            /** @description Only while the import waits for something: it goes on by itself. */
            waiting?: components["schemas"]["WaitingAnswer"];
            /** Format: date-time */
            receivedAt: string;
            /** Format: date-time */
            uploadedAt?: string;
            rows: number;
            created: number;
            updated: number;
            unchanged: number;
            failed: number;
            /** @description Rows with warnings. A warning stops no row, so each of them counts above as well. */
            warned: number;
            /** @description Size of the file. */
            bytes: number;
            /** @description How much of the file was imported, from 0 to 1. */
            progress: number;
            /** @description How much of the file was imported, in bytes. */
            bytesImported: number;
            rowsPerSecond: number;
            /** @description How long the rest takes at this rate; absent before the first rows, while it waits, and at the end. */
            secondsLeft?: number;
            /** @description Of the file as a whole: columns that are not read. */
            warnings: components["schemas"]["ColumnWarningAnswer"][];
            /** @description Only when somebody asked to revert the upload. */
            revert?: components["schemas"]["UploadRevertAnswer"];
        };
        UploadListAnswer: {
            /** @description The newest first. */
            items: components["schemas"]["UploadAnswer"][];
            /** @description Pass it as `after` to read on; absent at the end. */
            next?: string;
            /** @description Rows processed over all uploads of the campaign, failed ones included. */
            totalParticipantsProcessed: number;
            /** Format: date-time */
            lastUploadAt?: string;
        };
        ProblemExampleAnswer: {
            /** @description As in a spreadsheet: the header is row 1. */
            row: number;
            value: string;
        };
        ProblemGroupAnswer: {
            /** @description Empty when the row as a whole is wrong. */
            field: string;
            /** @example invalid_email */
            code: string;
            reason: string;
            count: number;
            examples: components["schemas"]["ProblemExampleAnswer"][];
        };
        PreviewColumnAnswer: {
            column: string;
            /** @enum {string} */
            use: "field" | "object_id" | "timezone" | "ignored" | "unnamed";
            /** @description The field that the column is read as. */
            field?: string;
            /** @description The field that an ignored column was probably meant for. */
            suggestion?: string;
        };
        PreviewProblemAnswer: {
            /** @example invalid_email */
            code: string;
            reason: string;
        };
        PreviewCellAnswer: {
            value: string;
            problems: components["schemas"]["PreviewProblemAnswer"][];
        };
        PreviewRowProblemAnswer: {
            /** @example invalid_email */
            code: string;
            reason: string;
            /** @description A field without a column, or empty when the row as a whole is wrong. */
            field: string;
        };
        PreviewRowAnswer: {
            /** @description As in a spreadsheet: the header is row 1. */
            row: number;
            /** @description One for each column. */
            cells: components["schemas"]["PreviewCellAnswer"][];
            problems: components["schemas"]["PreviewRowProblemAnswer"][];
        };
        PreviewRefusalAnswer: {
            /** @example missing_required_column */
            code: string;
            detail: string;
        };
        UploadPreviewAnswer: {
            /** @enum {string} */
            encoding: "utf-8" | "utf-16le" | "utf-16be";
            /** @enum {string} */
            delimiter?: "," | ";" | "\t" | "|";
            columns: components["schemas"]["PreviewColumnAnswer"][];
            /** @description Required fields that have no column. */
            missing: string[];
            /** @description The first rows. */
            rows: components["schemas"]["PreviewRowAnswer"][];
            /** @description Why the file would be refused, if it would. */
            problem?: components["schemas"]["PreviewRefusalAnswer"];
        };
        LeftByReasonAnswer: {
            /**
             * @description `brought_in_since`: the participant was created by the upload, and another upload, the API or Kafka has written it since; `changed_since`: the fields have values that somebody else gave afterwards; `deleted_since`: the participant was deleted, or began a new life; `customer_kept`: the upload made the customer, who stays in the workspace with the profile; `customer_erased`: the customer was erased; `field_gone`: the campaign has the fields no longer; `participant_too_large`: with the values of before, all values together would be larger than 256 KiB.
             * @enum {string}
             */
            reason: "brought_in_since" | "changed_since" | "deleted_since" | "customer_kept" | "customer_erased" | "field_gone" | "participant_too_large";
            count: number;
        };
        RevertAnswer: {
            /** Format: uuid */
            uploadId: string;
            /** @description Whether nothing is changed. */
            preview: boolean;
            /** @enum {string} */
            status: "Processing" | "Completed" | "Failed";
            /**
             * @description Why it failed; it may be asked for again.
             * @example campaign_deleted
             */
            reason?: string;
            /** @description Only while the revert waits for something: it goes on by itself. */
            waiting?: components["schemas"]["WaitingAnswer"];
            /** Format: date-time */
            begunAt: string;
            /** Format: date-time */
            endedAt?: string;
            /** @description How much of what the upload wrote was looked at, from 0 to 1. */
            progress: number;
            /** @description Participants that the upload created and that leave the campaign. */
            participantsDeleted: number;
            /** @description Participants that get values back from before the upload. */
            participantsRestored: number;
            /** @description Customer profiles that get values back from before the upload. */
            profilesRestored: number;
            /** @description What stays as it is. */
            leftAlone: components["schemas"]["LeftByReasonAnswer"][];
        };
        LeftEntryAnswer: {
            /** @enum {string} */
            reason: "brought_in_since" | "changed_since" | "deleted_since" | "customer_kept" | "customer_erased" | "field_gone" | "participant_too_large";
            /**
             * @description The first row of the file that it goes back to; the header is row 1.
             * @example 17
             */
            row: number;
            /** @enum {string} */
            subject: "participant" | "customer";
            /** Format: uuid */
            subjectId: string;
            /** @description Names of fields, where only some values stay. */
            fields: string[];
        };
        LeftPageAnswer: {
            /** @description By reason and row. */
            items: components["schemas"]["LeftEntryAnswer"][];
            /** @description Pass it as `after` to read on; absent at the end. */
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
    ParticipantsController_add: {
        parameters: {
            query?: never;
            header?: {
                /** @description A repeated request with the same key is answered as the first. */
                "idempotency-key"?: string;
            };
            path: {
                campaignId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": {
                    /** @description Values by field name. null clears a value. */
                    attributes: {
                        [key: string]: unknown;
                    };
                    /** @example Europe/London */
                    timezone?: string;
                    /** @example loan_456 */
                    object_id?: string;
                }[];
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
                    "application/json": components["schemas"]["ParticipantsAnswer"];
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
    ParticipantsController_remove: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                participantId: string;
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
    ParticipantsController_edit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                participantId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditParticipantRequest"];
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
                    "application/json": components["schemas"]["ItemAnswer"];
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
    ParticipantStreamController_stream: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same lines sent again with the same key write nothing twice and are answered the same. */
                "idempotency-key"?: string;
            };
            path: {
                campaignId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/x-ndjson": string;
            };
        };
        responses: {
            200: {
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
    CustomersController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
                /** @description How an identity begins: external_id, email, phone, telegram_id, whatsapp_id or web_id. */
                search?: string;
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
                    "application/json": components["schemas"]["CustomerPageAnswer"];
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
                    "application/json": components["schemas"]["CustomerDetailsAnswer"];
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
    CustomersController_erase: {
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
            /** @description The customer is erased; what is kept about the person is being removed. */
            202: {
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
    CustomersController_edit: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                customerId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EditCustomerRequest"];
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
                    "application/json": components["schemas"]["CustomerAnswer"];
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
    UploadsController_list: {
        parameters: {
            query?: {
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
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
                    "application/json": components["schemas"]["UploadListAnswer"];
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
    UploadsController_upload: {
        parameters: {
            query?: {
                /** @description How the file writes its dates; ISO is always taken. */
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
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            202: {
                headers: {
                    /** @description The place in the log that the answer reflects. */
                    "poinciana-position"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadAnswer"];
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
    UploadsController_one: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
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
                    "application/json": components["schemas"]["UploadAnswer"];
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
    UploadsController_errors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
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
                    "application/json": components["schemas"]["ProblemGroupAnswer"][];
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
    UploadsController_warnings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
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
                    "application/json": components["schemas"]["ProblemGroupAnswer"][];
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
    UploadsController_cancel: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadAnswer"];
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
    ResumableUploadsController_begin: {
        parameters: {
            query?: {
                /** @description How the file writes its dates; ISO is always taken. */
                dateFormat?: "YYYY-MM-DD" | "DD.MM.YYYY" | "MM/DD/YYYY";
            };
            header: {
                /** @description `filename` and its value in base64 */
                "upload-metadata": string;
                "upload-length": number;
                "tus-resumable": "1.0.0";
            };
            path: {
                campaignId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            201: {
                headers: {
                    location?: string;
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
    ResumableUploadsController_discard: {
        parameters: {
            query?: never;
            header: {
                "tus-resumable": "1.0.0";
            };
            path: {
                campaignId: string;
                uploadId: string;
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
    ResumableUploadsController_stored: {
        parameters: {
            query?: never;
            header: {
                "tus-resumable": "1.0.0";
            };
            path: {
                campaignId: string;
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "upload-offset"?: number;
                    "upload-length"?: number;
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
    ResumableUploadsController_part: {
        parameters: {
            query?: never;
            header: {
                "upload-offset": number;
                "tus-resumable": "1.0.0";
            };
            path: {
                campaignId: string;
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/offset+octet-stream": string;
            };
        };
        responses: {
            204: {
                headers: {
                    "upload-offset"?: number;
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
    UploadFilesController_template: {
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
    UploadFilesController_errors: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
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
    UploadFilesController_warnings: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
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
    UploadFilesController_failedRows: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
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
    UploadFilesController_file: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
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
    UploadPreviewsController_preview: {
        parameters: {
            query?: {
                /** @description How the file writes its dates; ISO is always taken. */
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
                "multipart/form-data": {
                    /** Format: binary */
                    file: string;
                };
            };
        };
        responses: {
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UploadPreviewAnswer"];
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
    UploadProgressController_watch: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
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
                    "text/event-stream": unknown;
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
    RevertsController_one: {
        parameters: {
            query?: {
                /** @description Only looks what a revert would do, and changes nothing. */
                preview?: boolean;
            };
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
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
                    "application/json": components["schemas"]["RevertAnswer"];
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
    RevertsController_begin: {
        parameters: {
            query?: {
                /** @description Only looks what a revert would do, and changes nothing. */
                preview?: boolean;
            };
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevertAnswer"];
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
    RevertsController_leftAlone: {
        parameters: {
            query?: {
                /** @description Only looks what a revert would do, and changes nothing. */
                preview?: boolean;
                limit?: number;
                /** @description The `next` of the page before. */
                after?: string;
            };
            header?: never;
            path: {
                campaignId: string;
                uploadId: string;
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
                    "application/json": components["schemas"]["LeftPageAnswer"];
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
