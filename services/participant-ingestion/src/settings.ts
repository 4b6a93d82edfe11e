import { type SettingsOf, specifySettings } from '@poinciana/service-kit';

/** What whoever operates the service decides. */
export const ingestionSettings = specifySettings({
  filesFolder: {
    name: 'POINCIANA_UPLOADS_FOLDER',
    type: 'text',
    description: 'The folder in which uploaded files are kept.',
    default: '.poinciana/uploads',
  },
});
export type IngestionSettings = SettingsOf<typeof ingestionSettings>;
