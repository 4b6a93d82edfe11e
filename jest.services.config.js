const preset = require('./jest.preset.js');

/** The second level: real Kafka, Redis, browsers and kills. One after the other, unless told otherwise, because they share the machine. */
module.exports = {
  ...preset,
  testMatch: ['**/*.services.spec.ts'],
  maxWorkers: 1,
  testTimeout: 600_000,
};
