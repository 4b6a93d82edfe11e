import { rename, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Answer, type BootedIngestion, bootIngestion } from './booted-ingestion.js';
import { CAMPAIGN, deleteCampaign, OTHER_WORKSPACE, writeCampaign } from './fixtures.js';

const OTHERS_CAMPAIGN = 'bbbbbbbb-0000-4000-8000-000000000001';
const DELETED_CAMPAIGN = 'bbbbbbbb-0000-4000-8000-000000000002';
const ALEX = {
  attributes: { external_id: 'cust_123', email: 'alex@example.com', due_date: '2026-06-30' },
  timezone: 'Europe/London',
  object_id: 'loan_456',
};

let service: BootedIngestion;

function idOf(answer: Answer | undefined): string {
  return String((answer?.body as { id?: string } | undefined)?.id);
}

beforeAll(async () => {
  service = await bootIngestion();
  await writeCampaign(service.store);
  await writeCampaign(service.store, { id: OTHERS_CAMPAIGN, workspace: OTHER_WORKSPACE });
  await writeCampaign(service.store, { id: DELETED_CAMPAIGN });
  await deleteCampaign(service.store, DELETED_CAMPAIGN);
});

afterAll(() => service.stop());

describe('the door of the API', () => {
  it('answers every item in order, and says where in the log it stands', async () => {
    const body = [ALEX, { attributes: { email: 'nobody', Shoe: 1 } }, 7, ALEX];
    const { status, body: answer, headers } = await service.call('POST', `${CAMPAIGN}/participants`, { body });
    expect(status).toBe(200);
    expect(headers.get('poinciana-position')).toMatch(/^0:\d+$/);
    expect(answer).toMatchObject({
      items: [
        { outcome: 'created', warnings: [] },
        {
          outcome: 'failed',
          problems: [{ field: 'email', value: 'nobody', code: 'invalid_email' }],
          warnings: [{ field: 'Shoe' }],
        },
        { outcome: 'failed', problems: [{ code: 'invalid_item' }] },
        { outcome: 'unchanged' },
      ],
    });
  });

  it('fails only the item that holds a text that cannot be stored', async () => {
    const body = [
      { attributes: { external_id: 'nul\0' } },
      { attributes: { external_id: '\uD800' } },
      { attributes: { external_id: 'storable', 'sh\0e': 1 } },
      { attributes: { external_id: 'plain' }, object_id: '\0' },
    ];
    const headers = { 'idempotency-key': 'unstorable' };
    const { body: answer } = await service.call('POST', `${CAMPAIGN}/participants`, { body, headers });
    const failed = { outcome: 'failed', problems: [{ code: 'invalid_character' }] };
    expect(answer).toMatchObject({
      items: [failed, failed, { outcome: 'created', warnings: [{ field: 'sh\uFFFDe' }] }, failed],
    });
    expect(await service.call('POST', `${CAMPAIGN}/participants`, { body, headers })).toMatchObject({ body: answer });
  });

  it('answers a repeated request with its key as the first, and refuses the key for another body', async () => {
    const headers = { 'idempotency-key': 'order-17' };
    const body = [{ attributes: { external_id: 'repeated' } }];
    const first = await service.call('POST', `${CAMPAIGN}/participants`, { body, headers });
    const second = await service.call('POST', `${CAMPAIGN}/participants`, { body, headers });
    expect(second.body).toEqual(first.body);
    expect(second.body).toMatchObject({ items: [{ outcome: 'created' }] });
    expect(second.headers.get('poinciana-position')).toBe(first.headers.get('poinciana-position'));
    const other = await service.call('POST', `${CAMPAIGN}/participants`, { body: [], headers });
    expect(other).toMatchObject({ status: 409, body: { code: 'idempotency_key_reused' } });
  });

  it('takes 10,000 items and refuses more, and what is no list', async () => {
    const items = (count: number) =>
      Array.from({ length: count }, (_, at) => ({
        attributes: { external_id: `many-${at}`, email: `many-${at}@example.com`, name: 'x'.repeat(150) },
      }));
    const many = await service.call('POST', `${CAMPAIGN}/participants`, { body: items(10_000) });
    expect(many.status).toBe(200);
    const { items: answers } = many.body as { items: { outcome: string }[] };
    expect(answers).toHaveLength(10_000);
    expect(answers.every(({ outcome }) => outcome === 'created')).toBe(true);
    expect(await service.call('POST', `${CAMPAIGN}/participants`, { body: items(10_001) })).toMatchObject({
      status: 413,
      body: { code: 'too_many_items' },
    });
    expect(await service.call('POST', `${CAMPAIGN}/participants`, { body: ALEX })).toMatchObject({
      status: 422,
      body: { code: 'not_a_list' },
    });
  });

  it('keeps workspaces and roles apart', async () => {
    const call = (campaign: string, other: object = {}) =>
      service.call('POST', `${campaign}/participants`, { body: [ALEX], ...other });
    expect(await call(OTHERS_CAMPAIGN)).toMatchObject({ status: 404, body: { code: 'campaign_not_found' } });
    expect(await call('cccccccc-0000-4000-8000-000000000009')).toMatchObject({ status: 404 });
    expect(await call(DELETED_CAMPAIGN)).toMatchObject({ status: 409, body: { code: 'campaign_deleted' } });
    expect(await call(CAMPAIGN, { role: 'viewer' })).toMatchObject({ status: 403 });
    // The same person in another workspace is another customer.
    const [mine, others] = [await call(CAMPAIGN), await call(OTHERS_CAMPAIGN, { workspace: OTHER_WORKSPACE })];
    const customerOf = ({ body }: typeof mine) =>
      (body as { items: { outcome: string; customerId: string }[] }).items[0];
    expect(customerOf(others)?.outcome).toBe('created');
    expect(customerOf(others)?.customerId).not.toBe(customerOf(mine)?.customerId);
  });
});

describe('participants and customers by hand', () => {
  const added = async (attributes: object, campaign = CAMPAIGN) => {
    const { body } = await service.call('POST', `${campaign}/participants`, { body: [{ attributes }] });
    return (
      (body as { items: { participantId: string; customerId: string }[] }).items[0] ?? {
        participantId: '',
        customerId: '',
      }
    );
  };

  it('edits one participant, and says which values are not valid', async () => {
    const { participantId, customerId } = await added({ external_id: 'by-hand', amount: 1 });
    const path = `${CAMPAIGN}/participants/${participantId}`;
    const edit = (attributes: object, other: object = {}) =>
      service.call('PATCH', path, { body: { attributes }, ...other });
    expect(await edit({ amount: 2, secret_note: 'kept', email: 'hand@example.com' })).toMatchObject({
      status: 200,
      body: { outcome: 'updated', participantId, customerId },
    });
    expect(await edit({ amount: 2 })).toMatchObject({ body: { outcome: 'unchanged' } });
    expect(await edit({ amount: 'two', shoe: 1 })).toMatchObject({
      status: 422,
      body: { code: 'invalid_values', details: { problems: [{ field: 'shoe' }, { field: 'amount' }] } },
    });
    expect(await edit({ amount: 3 }, { workspace: OTHER_WORKSPACE })).toMatchObject({ status: 404 });
    expect(await edit({ amount: 3 }, { role: 'viewer' })).toMatchObject({ status: 403 });
    expect(await service.customers('GET', '?search=hand@ex')).toMatchObject({ body: { items: [{ id: customerId }] } });
    expect(await service.customers('GET', '?search=hand@ex', { workspace: OTHER_WORKSPACE })).toMatchObject({
      body: { items: [] },
    });
  });

  it('deletes a participant once, and lets it come again', async () => {
    const { participantId } = await added({ external_id: 'to-delete' });
    const path = `${CAMPAIGN}/participants/${participantId}`;
    expect((await service.call('DELETE', path, { workspace: OTHER_WORKSPACE })).status).toBe(404);
    expect((await service.call('DELETE', path)).status).toBe(204);
    expect(await service.call('DELETE', path)).toMatchObject({ status: 404, body: { code: 'participant_not_found' } });
    expect(await added({ external_id: 'to-delete' })).toMatchObject({ outcome: 'created', participantId });
  });

  it('edits a profile, which its participants follow, and erases it', async () => {
    const { participantId, customerId } = await added({ external_id: 'to-erase', email: 'erase.me@example.com' });
    const edited = await service.customers('PATCH', `/${customerId}`, {
      body: { attributes: { phone: '+49 1512 3456789' } },
    });
    expect(edited).toMatchObject({ status: 200, body: { profile: { phone: '4915123456789' } } });
    const phoneOf = async () => {
      const [last] = await service.store.readLast([`participant-${participantId}`]);
      return (last?.personal as { values: { phone?: string } } | undefined)?.values.phone;
    };
    await service.until(async () => (await phoneOf()) === '4915123456789');
    expect((await service.customers('DELETE', `/${customerId}`, { workspace: OTHER_WORKSPACE })).status).toBe(404);
    expect((await service.customers('DELETE', `/${customerId}`)).status).toBe(202);
    expect(await service.customers('GET', `/${customerId}`)).toMatchObject({
      status: 404,
      body: { code: 'customer_not_found' },
    });
    await service.until(async () => !(await service.everything()).includes('erase.me@example.com'));
    expect(await service.everything()).not.toContain('4915123456789');
    expect(await added({ email: 'erase.me@example.com' })).toMatchObject({ outcome: 'created' });
  });
});

describe('the door of files', () => {
  it('receives, imports and reports', async () => {
    const csv =
      'external_id,email,due_date,Shoe Size\nu1,u1@example.com,2026-06-30,41\nu2,=cmd|x,2026-06-31,\nu3,u3@example.com,,\n';
    const received = await service.upload(csv);
    expect(received).toMatchObject({
      status: 202,
      body: { fileName: 'people.csv', bytes: csv.length, warnings: [{ column: 'shoe size' }] },
    });
    const { id } = received.body as { id: string };
    expect(await service.completed(id)).toMatchObject({
      status: 'Failed',
      rows: 3,
      created: 2,
      updated: 0,
      unchanged: 0,
      failed: 1,
      progress: 1,
    });
    const report = await service.call('GET', `${CAMPAIGN}/uploads/${id}/errors.csv`);
    expect(report.headers.get('content-type')).toContain('text/csv');
    expect(report.text.split('\r\n').slice(0, 3)).toEqual([
      'row,field,value,code,reason',
      expect.stringMatching(/^3,email,'=cmd\|x,invalid_email,/),
      expect.stringMatching(/^3,due_date,2026-06-31,invalid_date,/),
    ]);
    const groups = await service.call('GET', `${CAMPAIGN}/uploads/${id}/errors`);
    expect(groups.body).toMatchObject([
      { field: 'due_date', count: 1, examples: [{ row: 3 }] },
      { field: 'email', count: 1 },
    ]);
    const download = async (path: string, other: object = {}) => service.call('GET', `${CAMPAIGN}/${path}`, other);
    expect((await download(`uploads/${id}/file`)).text).toBe(csv);
    expect((await download(`uploads/${id}/failed-rows.csv`)).text.split('\r\n')).toEqual([
      '"external_id","email","due_date","Shoe Size"',
      '"u2","=cmd|x","2026-06-31",""',
      '',
    ]);
    expect((await download('upload-template.csv')).text).toMatch(/^external_id,name,.*,object_id,timezone\r\n$/);
    for (const path of [`uploads/${id}/file`, `uploads/${id}/failed-rows.csv`, 'upload-template.csv'])
      expect((await download(path, { workspace: OTHER_WORKSPACE })).status).toBe(404);
    expect(await service.call('POST', `${CAMPAIGN}/uploads/${id}/cancel`)).toMatchObject({
      status: 409,
      body: { code: 'upload_ended' },
    });
    const list = await service.call('GET', `${CAMPAIGN}/uploads`, { role: 'viewer' });
    expect(list.body).toMatchObject({
      items: [{ id }],
      totalParticipantsProcessed: 3,
      lastUploadAt: expect.any(String),
    });
  });

  it('tells the rows whose contact key identifies somebody else, which are imported', async () => {
    const csv =
      'external_id,email\nwarn-1,one@example.com\nwarn-2,two@example.com\nwarn-1,TWO@example.com\nwarn-3,nobody\n';
    const id = idOf(await service.upload(csv));
    const counts = { rows: 4, created: 2, updated: 1, unchanged: 0, failed: 1, warned: 1 };
    expect(await service.completed(id)).toMatchObject({ status: 'Failed', ...counts, warnings: [] });
    const get = (path: string, other: object = {}) => service.call('GET', `${CAMPAIGN}/uploads/${id}/${path}`, other);
    expect((await get('warnings')).body).toEqual([
      {
        field: 'email',
        code: 'key_of_another',
        reason: 'The value already identifies another customer, who keeps it as identification.',
        count: 1,
        examples: [{ row: 4, value: 'TWO@example.com' }],
      },
    ]);
    expect((await get('errors')).body).toMatchObject([{ code: 'invalid_email', count: 1 }]);
    expect((await get('warnings.csv')).text.split('\r\n')).toEqual([
      'row,field,value,code,reason',
      expect.stringMatching(/^4,email,TWO@example.com,key_of_another,/),
      '',
    ]);
    expect((await get('errors.csv')).text).not.toContain('key_of_another');
    expect((await get('failed-rows.csv')).text).toBe('"external_id","email"\r\n"warn-3","nobody"\r\n');
    expect((await get('progress')).text).toMatch(/event: ended\ndata: .*"warned":1/);
    for (const path of ['warnings', 'warnings.csv'])
      expect((await get(path, { workspace: OTHER_WORKSPACE })).status).toBe(404);
  });

  it('refuses a file with one clear problem, and leaves nothing of it', async () => {
    const refused = async (csv: string, fileName = 'people.csv') =>
      (await service.upload(csv, { fileName })).body as unknown;
    expect(await refused('email\n', 'people.xlsx')).toMatchObject({
      status: 422,
      code: 'not_csv',
      detail: 'You can only upload CSV files!',
    });
    expect(await refused('')).toMatchObject({ code: 'no_header' });
    expect(await refused('email,EMAIL\n')).toMatchObject({ code: 'duplicate_column' });
    expect(await refused('email\na@example.com\n"open\n')).toMatchObject({
      code: 'unclosed_quote',
      details: { row: 3 },
    });
    expect(await refused('amount\n1\n')).toMatchObject({ code: 'no_identity_column' });
    const latin = await service.upload(new Blob([Buffer.from('email,name\na@example.com,Zo\xeb\n', 'latin1')]));
    expect(latin).toMatchObject({ status: 422, body: { code: 'undecodable' } });
    const list = (await service.call('GET', `${CAMPAIGN}/uploads`)).body as { items: { status: string }[] };
    expect(list.items.filter(({ status }) => status === 'Processing')).toEqual([]);
    expect(await service.call('POST', `${CAMPAIGN}/uploads`, { body: {} })).toMatchObject({ status: 415 });
  });

  it('takes one upload at a time per campaign', async () => {
    const csv = `email\n${Array.from({ length: 20_000 }, (_, at) => `busy-${at}@example.com`).join('\n')}\n`;
    const answers = await Promise.all([service.upload(csv), service.upload(csv), service.upload(csv)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([202, 409, 409]);
    expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({
      code: 'upload_in_progress',
      detail: 'Please wait for the current upload to finish.',
    });
    const id = idOf(answers.find(({ status }) => status === 202));
    expect(await service.completed(id)).toMatchObject({ status: 'Completed', rows: 20_000, created: 20_000 });
    const again = (await service.upload(csv)).body as { id: string };
    expect(await service.completed(again.id)).toMatchObject({ rows: 20_000, unchanged: 20_000 });
  });

  it('says what a revert would do, does it, and shows it to nobody else', async () => {
    const imported = async (csv: string) => (await service.completed(idOf(await service.upload(csv)))).id;
    await imported('external_id,amount\nrevert-kept,1\n');
    const id = await imported('external_id,amount\nrevert-kept,2\nrevert-new,3\n');
    const path = `${CAMPAIGN}/uploads/${id}/revert`;
    const state = async (query: string) => (await service.call('GET', path + query)).body as { status: string };
    const ended = async (query: string) => {
      await service.until(async () => (await state(query)).status !== 'Processing');
      return state(query);
    };
    const outcome = {
      status: 'Completed',
      progress: 1,
      participantsDeleted: 1,
      participantsRestored: 1,
      profilesRestored: 0,
      leftAlone: [{ reason: 'customer_kept', count: 1 }],
    };
    expect(await service.call('GET', path)).toMatchObject({ status: 404, body: { code: 'revert_not_found' } });
    expect(await service.call('POST', `${path}?preview=true`, { role: 'viewer' })).toMatchObject({ status: 403 });
    for (const query of ['?preview=true', '']) {
      expect(await service.call('POST', path + query)).toMatchObject({ status: 202, body: { uploadId: id } });
      expect(await ended(query)).toMatchObject(outcome);
    }
    expect(await service.call('POST', path)).toMatchObject({ status: 409, body: { code: 'upload_reverted' } });
    const shown = { id, revert: { status: 'Completed', partial: false, actor: 'user:ada', participantsDeleted: 1 } };
    expect((await service.call('GET', `${CAMPAIGN}/uploads/${id}`)).body).toMatchObject(shown);
    const list = await service.call('GET', `${CAMPAIGN}/uploads?limit=2`);
    expect(list.body).toMatchObject({ items: [shown, { status: 'Completed' }] });
    expect((list.body as { items: readonly object[] }).items[1]).not.toHaveProperty('revert');
    const left = await service.call('GET', `${path}/left-alone?limit=1`);
    expect(left.body).toMatchObject({ items: [{ reason: 'customer_kept', row: 3, subject: 'customer' }] });
    const { next } = left.body as { next: string };
    expect((await service.call('GET', `${path}/left-alone?after=${next}`)).body).toEqual({ items: [] });
    expect(await service.call('GET', `${path}/left-alone?after=x`)).toMatchObject({
      body: { code: 'malformed_cursor' },
    });
    for (const method of ['GET', 'POST'])
      expect((await service.call(method, path, { workspace: OTHER_WORKSPACE })).status).toBe(404);
    expect((await service.call('GET', `${path}/left-alone`, { workspace: OTHER_WORKSPACE })).status).toBe(404);
  });

  it('says that there is no room, keeps what is stored, and goes on when there is some', async () => {
    const path = `${CAMPAIGN}/resumable-uploads`;
    const tus = { 'tus-resumable': '1.0.0', 'content-type': 'application/offset+octet-stream' };
    const csv = 'email\nroomy@example.com\n';
    const creation = { 'upload-length': String(csv.length), 'upload-metadata': `filename ${btoa('people.csv')}` };
    const { headers } = await service.call('POST', path, { headers: { 'tus-resumable': '1.0.0', ...creation } });
    const id = String(headers.get('location')?.split('/').pop());
    const part = (atByte: number, raw: string) =>
      service.call('PATCH', `${path}/${id}`, { raw, headers: { ...tus, 'upload-offset': String(atByte) } });
    expect((await part(0, csv.slice(0, 9))).status).toBe(204);
    // Every byte that is written there meets a full disk.
    const file = join(service.filesFolder, `${id}.part`);
    await rename(file, `${file}.aside`);
    await symlink('/dev/full', file);
    expect(await part(0, csv)).toMatchObject({ status: 503, body: { code: 'storage_full' } });
    await rename(`${file}.aside`, file);
    expect((await part(9, csv.slice(9))).status).toBe(204);
    expect(await service.completed(id)).toMatchObject({ status: 'Completed', created: 1 });
  });

  it('shows no upload to another workspace', async () => {
    const { id } = (await service.upload('email\nmine@example.com\n')).body as { id: string };
    const others = { workspace: OTHER_WORKSPACE };
    expect((await service.call('GET', `${CAMPAIGN}/uploads`, others)).status).toBe(404);
    expect((await service.call('GET', `${CAMPAIGN}/uploads/${id}`, others)).status).toBe(404);
    expect((await service.call('GET', `${CAMPAIGN}/uploads/${id}/errors.csv`, others)).status).toBe(404);
    expect((await service.call('GET', `${OTHERS_CAMPAIGN}/uploads/${id}`, others)).status).toBe(404);
    expect((await service.upload('email\n', { campaignId: OTHERS_CAMPAIGN })).status).toBe(404);
    await service.completed(id);
  });
});
