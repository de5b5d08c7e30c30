import { type DeliveryHealth } from '@math-labeler/messaging';
import { type Parts } from './parts.js';

/** A service that has finished nothing for so long (ms), with work at hand, hangs. */
const STALLED_MS = 30_000;

export interface ServiceHealth {
  readonly service: string;
  /** Undefined: it does not read its events yet. */
  readonly health: DeliveryHealth | undefined;
}

export interface Health {
  readonly isReady: boolean;
  /** What `/health/ready` answers. */
  readonly report: object;
}

export interface HealthState {
  readonly ready: boolean;
  /** The share done, 0 to 1, while a model is being trained. */
  readonly training?: number;
  readonly services: readonly ServiceHealth[];
  readonly parts: Pick<Parts, 'areUp' | 'health'>;
}

/** Whether a process may be given work, and why not. */
export function healthOf({ ready, training, services, parts }: HealthState): Health {
  const hasStarted = ready && services.every(({ health }) => health?.joined !== false);
  const isWell = parts.areUp && services.every(({ health }) => isMoving(health));
  const status = !hasStarted ? 'starting' : isWell ? 'ready' : 'unwell';
  const told = Object.fromEntries(services.map(({ service, health }) => [service, serviceReport(health)]));
  return { isReady: status === 'ready', report: { status, ...(training === undefined ? {} : { training }), services: told, parts: parts.health } };
}

function isMoving(health: DeliveryHealth | undefined): boolean {
  return health !== undefined && health.failed === undefined && health.stalledMs <= STALLED_MS;
}

function serviceReport(health: DeliveryHealth | undefined): object {
  if (health === undefined) return { status: 'starting' };
  const { failed, joined, ...numbers } = health;
  return { status: failed !== undefined ? 'failed' : !joined ? 'starting' : isMoving(health) ? 'well' : 'stalled', ...numbers };
}
