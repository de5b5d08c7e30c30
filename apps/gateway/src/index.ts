export { GatewayModule } from './gateway.module.js';
export { type GatewayParts } from './gateway-parts.js';
export { type RunningGateway, startGateway } from './start-gateway.js';
export { GATEWAY_COLLECTIONS } from './stores/collections.js';
