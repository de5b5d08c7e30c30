import { type Event, type EventContract, type NewEvent } from '@math-labeler/contracts';
import { EventPattern } from '@nestjs/microservices';
import { type DeliveryContext } from './delivery.js';

type HandlerMethod<Data> = (event: Event<Data>, context: DeliveryContext) => Promise<readonly NewEvent[]>;
type HandlerDecorator<Data> = <Method extends HandlerMethod<Data>>(target: object, name: string | symbol, method: TypedPropertyDescriptor<Method>) => void;

/** Marks the method of a controller that handles an event: it takes the event and gives the events that follow. */
export function Consumes<Data>(contract: EventContract<Data>): HandlerDecorator<Data> {
  return EventPattern(contract.type, { contract }) as unknown as HandlerDecorator<Data>;
}
