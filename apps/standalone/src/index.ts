export { Standalone, type StandaloneOptions } from './standalone.js';
