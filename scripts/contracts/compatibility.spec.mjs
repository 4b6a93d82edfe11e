import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { incompatibilities } from './compatibility.mjs';

const root = join(import.meta.dirname, '..', '..');
const proto = join(root, 'proto');
const released = join(root, 'libs', 'contracts', 'released');

it('the contracts are compatible with those that were last released', () => {
  // What is listed here breaks programs of others. Give it a new field, message or version beside the old one;
  // or, if nobody can know the old one yet, say so with: node scripts/release-contracts.mjs
  expect(incompatibilities(proto, released)).toEqual([]);
});

describe('made-up changes', () => {
  let folder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'contracts-'));
    cpSync(released, folder, { recursive: true });
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** Each change: a category, what its file says, and what it says instead. All at once, since buf tells of all. */
  function changed(changes) {
    for (const [category, from, to] of changes) {
      const file = join(folder, `poinciana/${category}/v1/${category}.proto`);
      const text = readFileSync(file, 'utf8');
      if (!text.includes(from)) throw new Error(`${category}.proto does not say ${from}`);
      writeFileSync(file, text.replace(from, to));
    }
    return incompatibilities(folder, released);
  }

  it('that break what others know are found, every one', () => {
    const found = changed([
      ['participant', '  string campaign_id = 2;\n', ''],
      ['participant', 'string object_id = 4', 'string thing_id = 4'],
      ['participant', 'int32 life = 6', 'string life = 6'],
      [
        'participant',
        'ParticipantCreated {\n  option (poinciana.publication.v1.event) = {personal: "ParticipantPersonal"}',
        'ParticipantCreated {\n  option (poinciana.publication.v1.event) = {}',
      ],
      ['participants', ' [json_name = "object_id"]', ''],
      ['upload', 'string status = 3', 'optional string status = 3'],
      ['upload', 'UploadReceived {\n  option (poinciana.publication.v1.event) = {};\n', 'UploadReceived {\n'],
      ['upload', 'string file_name = 3', 'string file_name = 3 [debug_redact = true]'],
      ['customer', 'message CustomerErased', 'message CustomerForgotten'],
    ]);
    const sentences = [
      /field "2" with name "campaign_id" on message "Participant" was deleted/,
      /Field "4" .*on message "Participant" changed name from "object_id" to "thing_id"/,
      /Field "6" with name "life" on message "Participant" changed type from "int32" to "string"/,
      /the personal part of ParticipantCreated is no longer ParticipantPersonal/,
      /on message "InboundParticipant" changed option "json_name"/,
      /Field "3" with name "status" on message "UploadCompleted" changed cardinality/,
      /UploadReceived is no longer published/,
      /Upload\.fileName is no longer shown/,
      /message "CustomerErased" was deleted/,
    ];
    expect(sentences.filter((sentence) => !found.some((line) => sentence.test(line)))).toEqual([]);
  });

  it('that others need not notice are none', () => {
    const found = changed([
      ['participant', 'int32 life = 6;', 'int32 life = 6;\n  optional string nickname = 7;'],
      ['participant', '// IANA name;', '// The IANA name;'],
      [
        'upload',
        '// rows = created',
        'message UploadPaused {\n  option (poinciana.publication.v1.event) = {};\n}\n\n// rows = created',
      ],
    ]);
    expect(found).toEqual([]);
  });
});
