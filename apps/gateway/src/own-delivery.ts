import { type DeliveryHealth } from '@math-labeler/messaging';
import { type ServiceHealth } from '@math-labeler/service-kit';

/** How the gateway's own reading of events does; it is bound once its event server is there. */
export class OwnDelivery {
  health: () => DeliveryHealth | undefined = () => undefined;

  withOthers(others: readonly ServiceHealth[]): ServiceHealth[] {
    return [...others, { service: 'gateway', health: this.health() }];
  }
}
