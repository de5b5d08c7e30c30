/** Under which the gateway's parts and the platform are injected: they are interfaces. */
export const PARTS = Symbol('GatewayParts');
export const PLATFORM = Symbol('Platform');
