import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { RequestRefusal } from '@poinciana/service-kit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { BUNDLE_BYTES_MAX } from '../bundle/zip-archive.js';

const BUNDLE_TYPE = 'application/zip';
const BUNDLE_ROUTE = /\/campaigns\/import(\/preview)?$/;

/** Lets the routes of the import take a ZIP archive, and no other route. */
@Injectable()
export class BundleDoor {
  constructor(host: HttpAdapterHost) {
    const server: FastifyInstance = host.httpAdapter.getInstance();
    const options = { parseAs: 'buffer', bodyLimit: BUNDLE_BYTES_MAX } as const;
    server.addContentTypeParser(BUNDLE_TYPE, options, async (request: FastifyRequest, body: Buffer) => {
      if (BUNDLE_ROUTE.test(request.routeOptions.url ?? '')) return body;
      throw new RequestRefusal(415, 'unsupported_content_type', 'The body must be of the type application/json.');
    });
  }
}
