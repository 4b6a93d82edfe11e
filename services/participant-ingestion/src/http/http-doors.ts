import type { Readable } from 'node:stream';
import multipart from '@fastify/multipart';
import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { FILE_BYTES_MAX } from '@poinciana/participant-file';
import { RequestRefusal } from '@poinciana/service-kit';
import { WatchUploads } from '../handlers/watch-uploads.js';
import { TUS_PART } from './tus-requests.js';

/** The type of a body with one JSON document a line. */
export const NDJSON = 'application/x-ndjson';
const PARTS_ROUTE = /\/campaigns\/:campaignId\/resumable-uploads(\/:uploadId)?$/;
const STREAM_ROUTE = /\/campaigns\/:campaignId\/participants\/stream$/;

/** A body of 10,000 items. */
export const PARTICIPANTS_BODY_BYTES_MAX = 32 * 1024 * 1024;
const PARTICIPANTS_ROUTE = /\/campaigns\/:campaignId\/participants$/;
const FORM_FIELDS_MAX = 10;
const FORM_FIELD_BYTES_MAX = 1_000;

/** What the doors of this service need of the HTTP server: files and lines that are streamed, and large lists of items. */
@Injectable()
export class HttpDoors {
  constructor(host: HttpAdapterHost, watchUploads: WatchUploads) {
    const server: FastifyInstance = host.httpAdapter.getInstance();
    server.addHook('onRoute', (route) => {
      if (route.method !== 'POST' || !PARTICIPANTS_ROUTE.test(route.url)) return;
      route.bodyLimit = PARTICIPANTS_BODY_BYTES_MAX;
      // A text that cannot be stored fails its item only (A37, A46).
      route.config = { ...route.config, isTextReadByRoute: true };
    });
    server.addContentTypeParser(NDJSON, async ({ routeOptions }: FastifyRequest, payload: Readable) => {
      if (STREAM_ROUTE.test(routeOptions.url ?? '')) return payload;
      throw new RequestRefusal(415, 'unsupported_content_type', 'The body must be of the type application/json.');
    });
    server.addContentTypeParser(TUS_PART, async ({ routeOptions }: FastifyRequest, payload: Readable) => {
      if (PARTS_ROUTE.test(routeOptions.url ?? '')) return payload;
      throw new RequestRefusal(415, 'unsupported_content_type', 'The body must be of the type application/json.');
    });
    // A watch has no end of its own, and requests under way are waited for.
    server.addHook('preClose', async () => watchUploads.stop());
    // One byte more than allowed, so that a file that is too large is told from one that is cut.
    const limits = { files: 1, fields: FORM_FIELDS_MAX, fieldSize: FORM_FIELD_BYTES_MAX, fileSize: FILE_BYTES_MAX + 1 };
    void server.register(multipart, { limits, throwFileSizeLimit: false });
  }
}
