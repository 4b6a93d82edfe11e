import type { Readable } from 'node:stream';
import { RequestRefusal } from '@poinciana/service-kit';
import type { FastifyRequest } from 'fastify';

/** The file of a form, while it arrives. */
export interface FormFile {
  readonly name: string;
  /** Refuses a file that does not arrive whole. */
  readonly content: AsyncIterable<Buffer>;
}

/** Hands the file of a form to whoever reads it. Refuses a request that carries none. */
export async function withFormFile<Answer>(
  request: FastifyRequest,
  work: (file: FormFile) => Promise<Answer>,
): Promise<Answer> {
  if (!request.isMultipart())
    throw new RequestRefusal(415, 'unsupported_content_type', 'The body must be of the type multipart/form-data.');
  const part = await request.file().catch(refuseBroken);
  if (part === undefined) throw new RequestRefusal(400, 'file_missing', 'The form holds no file.');
  try {
    return await work({ name: part.filename, content: unbroken(part.file) });
  } finally {
    // The rest of a file that nobody wants is taken and thrown away, so that the sender gets to read why.
    part.file.resume();
  }
}

/** A sender that goes away in the middle is nobody's bug. Whoever stops reading leaves the rest where it is. */
async function* unbroken(content: Readable): AsyncGenerator<Buffer> {
  try {
    for await (const piece of content.iterator({ destroyOnReturn: false })) yield piece as Buffer;
  } catch {
    refuseBroken();
  }
}

function refuseBroken(): never {
  throw new RequestRefusal(400, 'upload_incomplete', 'The file did not arrive whole.');
}
