import { specifySettings } from '@poinciana/service-kit';

/** What campaign-config reads from its environment. */
export const campaignConfigSettings = specifySettings({
  secretsKey: {
    name: 'POINCIANA_SECRETS_KEY',
    type: 'secret',
    lengthMin: 32,
    description: 'Seals the secrets of channels in the log; the same for every service that opens them.',
  },
});
