export { adapters } from './adapters.js';
export { endProcess } from './end-process.js';
export { kafkaConnection, kafkaEntries, kafkaSettings } from './kafka-settings.js';
