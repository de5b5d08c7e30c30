// Run by real/delivery.mjs in a process of its own: the same handler on NestJS' own Kafka transport, as its documentation shows it.
import 'reflect-metadata';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ClientKafka, EventPattern, Payload, Transport } from '@nestjs/microservices';
import { lastValueFrom } from 'rxjs';
import { follow, settings } from './delivery-settings.mjs';

const { brokers, prefix, input, output, count } = settings();
const connection = { client: { clientId: 'bench-stock', brokers, logLevel: 0 } };
const client = new ClientKafka({ ...connection, producerOnlyMode: true, producer: { allowAutoTopicCreation: false } });
await client.connect();
const progress = follow(count);

class Handler {
  async handle(data) {
    if (data.content === 'poison') throw new Error('poison');
    progress.handled(data.id);
    await lastValueFrom(client.emit(`${prefix}${output}`, { key: data.id, value: data }), { defaultValue: undefined });
  }
}
// What the decorators would do, in a file that is not compiled.
Controller()(Handler);
EventPattern(`${prefix}${input}`)(Handler.prototype, 'handle', Object.getOwnPropertyDescriptor(Handler.prototype, 'handle'));
Payload()(Handler.prototype, 'handle', 0);
class Root {}
Module({ controllers: [Handler] })(Root);

const app = await NestFactory.createMicroservice(Root, {
  transport: Transport.KAFKA,
  options: { ...connection, consumer: { groupId: `${prefix}stock`, allowAutoTopicCreation: false, maxWaitTimeInMs: 200 }, subscribe: { fromBeginning: true }, postfixId: '' },
  logger: false,
});
await app.listen();
await progress.report();
process.exit(0);
