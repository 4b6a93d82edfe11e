import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { INestApplication, Type } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance } from 'fastify';
import { withClosedBodies } from './closed-bodies.js';
import { withDescribedParameters } from './described-parameters.js';
import { withProblemAnswers } from './problem-answers.js';

/** The parts of Swagger UI that a page needs, by media type. Served from the installed package: no network is needed. */
const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
};
const ASSET_CACHE = 'public, max-age=3600';
const API_VERSION = '1';

/** What a service's API is described by. */
export interface ApiDescription {
  readonly name: string;
  readonly description: string;
  readonly prefix: string;
  /** The service's modules: only their controllers are in the document. */
  readonly modules: Type[];
}

/** Serves `/api/<prefix>/openapi.json` and the pages `/api/<prefix>/docs`. Before the application listens, after it is built. */
export function serveApiPages(app: INestApplication, server: FastifyInstance, api: ApiDescription): void {
  const base = `/api/${api.prefix}`;
  const document = SwaggerModule.createDocument(
    app,
    new DocumentBuilder()
      .setTitle(`Poinciana ${api.name}`)
      .setDescription(api.description)
      .setVersion(API_VERSION)
      .addBearerAuth()
      .addSecurityRequirements('bearer')
      .build(),
    { include: api.modules, deepScanRoutes: true },
  );
  const json = JSON.stringify(withProblemAnswers(withClosedBodies(withDescribedParameters(document))));
  server.get(`${base}/openapi.json`, (_, reply) => reply.type('application/json; charset=utf-8').send(json));
  server.get(`${base}/docs`, (_, reply) => reply.type('text/html; charset=utf-8').send(page(base, api.name)));
  server.get(`${base}/docs/start.js`, (_, reply) => reply.type('text/javascript; charset=utf-8').send(start(base)));
  for (const [file, mediaType] of Object.entries(ASSETS)) {
    server.get(`${base}/docs/${file}`, (_, reply) =>
      reply.type(mediaType).header('cache-control', ASSET_CACHE).send(asset(file)),
    );
  }
}

const assets = new Map<string, Buffer>();

function asset(file: string): Buffer {
  const known = assets.get(file);
  if (known !== undefined) return known;
  const folder = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
  const content = readFileSync(join(folder, file));
  assets.set(file, content);
  return content;
}

function page(base: string, name: string): string {
  return `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Poinciana ${name}</title>
    <link rel="stylesheet" href="${base}/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="pages"></div>
    <script src="${base}/docs/swagger-ui-bundle.js"></script>
    <script src="${base}/docs/start.js"></script>
  </body>
</html>
`;
}

function start(base: string): string {
  return `SwaggerUIBundle({ url: '${base}/openapi.json', dom_id: '#pages', deepLinking: true, validatorUrl: null });\n`;
}
