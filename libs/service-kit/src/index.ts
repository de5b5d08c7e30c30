export { type ApiKey, ApiKeys, type Role, ROLES } from './api-keys.js';
export { type Logger, NestLog, openLogger } from './logging.js';
export { Metrics } from './metrics.js';
export { openPlatform, type Platform } from './platform.js';
export { readSettings, type Settings } from './settings.js';
export { eventServerOf, type RunningService, startService } from './start-service.js';
export { watchDelivery } from './watch-delivery.js';
