import { deadLetterNameOf, type EventContract, type Service, SERVICES } from './event.js';
import { EVENTS } from './events.js';

export type Operation = 'read' | 'write' | 'describe' | 'describe-configs' | 'delete';

/** Something that a principal may do with topics or consumer groups; `match` says whether they are called so or begin so. */
export interface Grant {
  readonly principal: string;
  readonly resource: 'topic' | 'group';
  readonly name: string;
  readonly match: 'exact' | 'prefix';
  readonly operations: readonly Operation[];
}

/** Who has a name of its own on a cluster: each service, those who tell problems and reviewers' answers, and those who read what becomes of them. */
export const PRINCIPALS = [...SERVICES, 'publisher', 'subscriber'] as const;
export type Principal = (typeof PRINCIPALS)[number];

/** Groups whose names begin so read a topic once, and commit nothing. */
export const READ_ONCE = 'mathlabel-read-';

const READ: readonly Operation[] = ['read', 'describe-configs'];
const WRITE: readonly Operation[] = ['write', 'describe-configs'];

/** The least that each principal needs to do its work, and nothing that another one does. */
export function grants(events: readonly EventContract[] = EVENTS): Grant[] {
  return [...SERVICES.flatMap((service) => grantsOfService(service, events)), ...grantsOfGateway(events), ...grantsOfOutsiders(events)];
}

function grantsOfService(service: Service, events: readonly EventContract[]): Grant[] {
  const read = events.filter(({ consumers }) => consumers.includes(service)).map(({ topic }) => topic.name);
  const written = events.filter(({ producers }) => producers.includes(service)).map(({ topic }) => topic.name);
  return [
    ...read.map((name) => topicGrant(service, name, READ)),
    ...[...written, ...read.map(deadLetterNameOf)].map((name) => topicGrant(service, name, WRITE)),
    ...(read.length === 0 ? [] : [{ principal: service, resource: 'group', name: service, match: 'exact', operations: ['read'] } as const]),
  ];
}

/** It shows people how far everybody is, and the dead letters. */
function grantsOfGateway(events: readonly EventContract[]): Grant[] {
  const names = events.map(({ topic }) => topic.name);
  return [
    ...names.map((name) => topicGrant('gateway', name, ['describe', 'describe-configs'])),
    ...names.map((name) => topicGrant('gateway', deadLetterNameOf(name), READ)),
    ...SERVICES.map((service): Grant => ({ principal: 'gateway', resource: 'group', name: service, match: 'exact', operations: ['describe'] })),
    { principal: 'gateway', resource: 'group', name: READ_ONCE, match: 'prefix', operations: ['read', 'delete'] },
  ];
}

function grantsOfOutsiders(events: readonly EventContract[]): Grant[] {
  return [
    ...events.filter(({ isInput }) => isInput).map(({ topic }) => topicGrant('publisher', topic.name, ['write'])),
    ...events.filter(({ isInput, isInternal }) => !isInput && !isInternal).map(({ topic }) => topicGrant('subscriber', topic.name, ['read'])),
    { principal: 'subscriber', resource: 'group', name: 'subscriber', match: 'prefix', operations: ['read'] },
  ];
}

function topicGrant(principal: Principal, name: string, operations: readonly Operation[]): Grant {
  return { principal, resource: 'topic', name, match: 'exact', operations };
}
