import { type Event, type EventContract, EVENTS, type NewEvent, type Service } from '@math-labeler/contracts';
import { Catch, type RpcExceptionFilter } from '@nestjs/common';
import { type CustomTransportStrategy, type MessageHandler, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom, type Observable, throwError } from 'rxjs';
import { type Broker } from './broker.js';
import { type Consumer, Delivery, type DeliveryContext, type DeliveryHealth, type DeliveryOptions } from './delivery.js';

export interface EventServerOptions extends Omit<DeliveryOptions, 'service'> {
  readonly service: Service;
  readonly broker: Broker;
  /** ms that shutting down may wait for what is being worked on. */
  readonly drainMs: number;
  readonly onFailed: (error: Error) => void;
  /** Hears at the end how many events were left unfinished. */
  readonly onDrained: (unfinished: number) => void;
}

/** A service's handlers are not those that the contracts ask of it. */
export class HandlerError extends Error {
  override readonly name = 'HandlerError';
}

/** Runs a Nest service on the log: its `@Consumes` methods are the handlers of the delivery. */
export class EventServer extends Server implements CustomTransportStrategy {
  private readonly consumers: Consumer[] = [];
  private delivery?: Delivery;
  private closing?: Promise<void>;

  constructor(private readonly options: EventServerOptions) {
    super();
  }

  override addHandler(pattern: unknown, callback: MessageHandler, _isEvent?: boolean, extras?: Record<string, unknown>): void {
    const contract = extras?.['contract'] as EventContract | undefined;
    if (contract === undefined) throw new HandlerError(`${this.options.service}: a handler of ${String(pattern)} is not marked with @Consumes`);
    if (this.consumers.some((consumer) => consumer.contract === contract)) throw new HandlerError(`${this.options.service}: ${contract.type} has two handlers`);
    this.consumers.push({ contract, handle: (event, context) => call(callback, event, context) });
  }

  /** Refuses to start when an event of this service has no handler. */
  listen(callback: (error?: unknown) => void): void {
    const { service, broker, onFailed } = this.options;
    const expected = EVENTS.filter(({ consumers }) => consumers.includes(service));
    const missing = expected.find((contract) => !this.consumers.some((consumer) => consumer.contract === contract));
    if (missing !== undefined) return callback(new HandlerError(`${service}: ${missing.type} has no handler`));
    const stray = this.consumers.find(({ contract }) => !expected.includes(contract));
    if (stray !== undefined) return callback(new HandlerError(`${service}: ${stray.contract.type} is not an event that this service reads`));
    this.delivery = new Delivery(broker, this.consumers, this.options);
    this.delivery.start(onFailed).then(() => callback(), callback);
  }

  /** Nest may call it more than once. */
  close(): Promise<void> {
    return (this.closing ??= this.drain());
  }

  get health(): DeliveryHealth | undefined {
    return this.delivery?.health;
  }

  /** Nothing but handlers hangs on this server. */
  on(): this {
    return this;
  }

  unwrap<T>(): T {
    return this.delivery as T;
  }

  private async drain(): Promise<void> {
    if (this.delivery !== undefined) this.options.onDrained(await this.delivery.drain(this.options.drainMs));
  }
}

/** Lets an error of a handler reach the delivery as it is: Nest's own filter makes a plain object of it. */
@Catch()
export class ErrorsAsTheyAre implements RpcExceptionFilter {
  catch(error: unknown): Observable<never> {
    return throwError(() => error);
  }
}

async function call(callback: MessageHandler, event: Event, context: DeliveryContext): Promise<readonly NewEvent[]> {
  const told = (await callback(event, context)) as Observable<readonly NewEvent[]> | readonly NewEvent[];
  return isObservable(told) ? await lastValueFrom(told, { defaultValue: [] }) : told;
}
