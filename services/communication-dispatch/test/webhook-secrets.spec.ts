import { describe, expect, it } from '@jest/globals';
import { streamName } from '@poinciana/event-sourcing';
import { Secret, sealSecret } from '@poinciana/service-kit';
import { DispatchWorld } from './dispatch-world.js';
import { CHANNEL, channelOf, secretsKey, WORKSPACE, workspaceEvents } from './sample-definitions.js';

const BODY = Buffer.from(JSON.stringify([{ about: 'message', providerMessageId: 'in.1', address: '1', text: 'x' }]));

/** What is answered to a provider that signs with `secret`, by a channel with these secrets. */
async function answerTo(secrets: Readonly<Record<string, string>>, secret: string): Promise<string> {
  const world = new DispatchWorld();
  const sealed = Object.entries(secrets).map(([name, text]) => [name, sealSecret(new Secret(secretsKey), text)]);
  const { encryptedSecrets, ...channel } = channelOf();
  const saved = { ...channel, encryptedSecrets: { ...encryptedSecrets, ...Object.fromEntries(sealed) } };
  await world.append(streamName('workspace', WORKSPACE), workspaceEvents(saved));
  await world.consume();
  const request = { headers: { 'x-twin-secret': secret }, body: BODY, atMs: 0 };
  return world.dispatch.webhooks.store('whatsapp', CHANNEL, request);
}

describe('a webhook', () => {
  const exchanged = { appSecret: 'new', previousAppSecret: 'old' };

  it.each([
    [exchanged, 'new', 'stored'],
    [exchanged, 'old', 'stored'],
    [exchanged, 'older', 'forged'],
    [{ appSecret: 'new', previousAppSecret: '' }, 'old', 'forged'],
    [{ appSecret: 'new', previousAppSecret: '' }, '', 'forged'],
    [{ appSecret: '' }, '', 'forged'],
    [{ appSecret: 'new', previousVerifyToken: 'old' }, 'old', 'forged'],
  ])('to a channel with %j, signed with "%s", is %s', async (secrets, secret, expected) => {
    expect(await answerTo(secrets, secret)).toBe(expected);
  });
});
