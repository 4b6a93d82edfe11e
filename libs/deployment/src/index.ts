export { adapters } from './adapters.js';
