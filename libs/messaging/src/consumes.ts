import { type Event, type EventContract, type NewEvent } from '@math-labeler/contracts';
import { UseFilters } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type DeliveryContext } from './delivery.js';
import { ErrorsAsTheyAre } from './event-server.js';

type HandlerMethod<Data> = (event: Event<Data>, context: DeliveryContext) => Promise<readonly NewEvent[]>;
type HandlerDecorator<Data> = <Method extends HandlerMethod<Data>>(target: object, name: string | symbol, method: TypedPropertyDescriptor<Method>) => void;

/** Marks the method of a controller that handles an event: it takes the event and what the delivery knows of it, and gives the events that follow. */
export function Consumes<Data>(contract: EventContract<Data>): HandlerDecorator<Data> {
  const mark = EventPattern(contract.type, { contract }) as unknown as MethodDecorator;
  return (target, name, method) => {
    mark(target, name, method);
    UseFilters(ErrorsAsTheyAre)(target, name, method);
    // Nest hands over the first argument alone unless told of the others.
    Payload()(target, name, 0);
    Ctx()(target, name, 1);
  };
}
