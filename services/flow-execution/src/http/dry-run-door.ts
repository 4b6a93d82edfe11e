import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { FILE_BYTES_MAX } from '@poinciana/participant-file';
import { RequestRefusal } from '@poinciana/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';

const CSV = 'text/csv';
const DRY_RUN_FILE_ROUTE = /\/campaigns\/:campaignId\/dry-run\/file$/;

/** Lets a file stream into its dry run, and into no other route. */
@Injectable()
export class DryRunDoor {
  constructor(host: HttpAdapterHost) {
    const server: FastifyInstance = host.httpAdapter.getInstance();
    server.addHook('onRoute', (route) => {
      if (route.method === 'POST' && DRY_RUN_FILE_ROUTE.test(route.url)) route.bodyLimit = FILE_BYTES_MAX;
    });
    server.addContentTypeParser(CSV, async (request: FastifyRequest, payload: unknown) => {
      if (DRY_RUN_FILE_ROUTE.test(request.routeOptions.url ?? '')) return payload;
      throw new RequestRefusal(415, 'unsupported_content_type', 'The body must be of the type application/json.');
    });
  }
}
