import { PermanentError, TransientError } from '@math-labeler/contracts';

/** What kafkajs' errors carry. */
interface KafkaFault extends Error {
  readonly type?: string;
  readonly code?: string | number;
  readonly errors?: readonly Error[];
}

/** The innermost error: kafkajs wraps what happened into what it did about it. */
export function faultOf(error: unknown): KafkaFault {
  let fault = error as KafkaFault;
  for (let depth = 0; depth < 10; depth++) {
    const inner = (fault.errors?.[0] ?? fault.cause) as KafkaFault | undefined;
    if (!(inner instanceof Error) || inner === fault) break;
    fault = inner;
  }
  return fault;
}

/** Whether the cluster has said that this principal may not. */
export function isForbidden(error: unknown): boolean {
  return faultOf(error).type?.endsWith('_AUTHORIZATION_FAILED') ?? false;
}

/** Whether the member is no longer one of the group's present generation. */
export function isOutdated(error: unknown): boolean {
  return ['ILLEGAL_GENERATION', 'UNKNOWN_MEMBER_ID', 'REBALANCE_IN_PROGRESS'].includes(faultOf(error).type ?? '');
}

export function isTooLarge(error: unknown): boolean {
  return ['MESSAGE_TOO_LARGE', 'RECORD_LIST_TOO_LARGE'].includes(faultOf(error).type ?? '');
}

/** Reading cannot go on, however long one waits. */
export function isFinal(error: unknown): boolean {
  return isForbidden(error) || ['FENCED_INSTANCE_ID', 'INCONSISTENT_GROUP_PROTOCOL', 'INVALID_GROUP_ID', 'UNSUPPORTED_VERSION', 'INVALID_SESSION_TIMEOUT'].includes(faultOf(error).type ?? '');
}

/** Whether it looks like a fault of the client itself: it knows no such answer and no such failure of a connection. */
export function isBug(error: unknown): boolean {
  const { name } = faultOf(error);
  return ['TypeError', 'RangeError', 'ReferenceError', 'SyntaxError'].includes(name);
}

/** Whether it is about reaching the cluster, not about what was asked. */
export function isUnreachable(error: unknown): boolean {
  const fault = faultOf(error);
  return isBug(fault) || fault.type === undefined;
}

/** In the port's terms: nearly all of it may pass once somebody mends the cluster, and none of it is an event's fault. */
export function asBrokerError(error: unknown): Error {
  if (error instanceof TransientError || error instanceof PermanentError) return error;
  const fault = faultOf(error);
  return new TransientError(`${reasonOf(fault)}: ${fault.message}`, undefined, { cause: error });
}

function reasonOf(fault: KafkaFault): string {
  const { name, type = '', message } = fault;
  if (name === 'KafkaJSSASLAuthenticationError' || /SASL .*authentication failed/i.test(message)) return 'Kafka가 이름이나 비밀번호를 받지 않습니다 · Kafka refuses the user name or password';
  if (type === 'UNSUPPORTED_SASL_MECHANISM') return 'Kafka가 SCRAM-SHA-512를 쓰지 않습니다 · Kafka does not offer SCRAM-SHA-512';
  if (type === 'SECURITY_DISABLED') return '이 Kafka는 권한을 따지지 않습니다 (authorizer가 없습니다) · this Kafka has no authorizer, so nothing can be granted';
  if (isForbidden(fault)) return 'Kafka가 허락하지 않습니다 (ACL) · Kafka does not allow it (ACL)';
  if (type === 'FENCED_INSTANCE_ID') return '같은 KAFKA_INSTANCE_ID를 쓰는 프로세스가 또 있습니다 · another process uses the same KAFKA_INSTANCE_ID';
  if (type === 'UNKNOWN_TOPIC_OR_PARTITION') return '그런 토픽이 없습니다 (mathlabel topics apply) · there is no such topic (mathlabel topics apply)';
  if (/certificate|self.signed|altname/i.test(message)) return 'Kafka의 인증서를 확인할 수 없습니다 (KAFKA_CA) · the certificate of Kafka cannot be verified (KAFKA_CA)';
  if (/wrong version number|packet length|EPROTO/i.test(message)) return '여기서는 Kafka가 TLS를 쓰지 않습니다 · Kafka does not speak TLS here';
  if (/Closed connection/.test(message)) return 'Kafka가 연결을 끊었습니다; TLS나 이름이 필요할 수 있습니다 (KAFKA_TLS, KAFKA_USERNAME) · Kafka closed the connection; perhaps it wants TLS or a user (KAFKA_TLS, KAFKA_USERNAME)';
  if (name.startsWith('KafkaJSConnection') || name === 'KafkaJSBrokerNotFound') return 'Kafka에 연결할 수 없습니다 · Kafka cannot be reached';
  if (name === 'KafkaJSRequestTimeoutError' || name === 'KafkaJSLockTimeout') return 'Kafka가 제때 답하지 않습니다 · Kafka does not answer in time';
  return 'Kafka를 지금 쓸 수 없습니다 · Kafka cannot be used just now';
}
