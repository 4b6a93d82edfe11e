/** Ten million people, a file of 4 GiB and 200 kills in an hour; in less time, as much less of each. */
export const campaign = {
  description: 'imports: 10 million rows as fast as 1 million, a 4 GiB file in bounded memory, 200 kills',
  packages: ['services/participant-ingestion'],
  program: 'services/participant-ingestion/dist/test/soak-imports.js',
};
