import kafkajs, { type Admin, type Consumer, type Kafka, type KafkaConfig, type MemberDescription, type Producer } from 'kafkajs';
import { type KafkaLogLevel, type KafkaOptions } from './kafka-options.js';
import { type ClusterOfMember, type MemberIds, watchMember } from './member-cluster.js';

// Node finds no named exports in it.
const { AclOperationTypes, AclPermissionTypes, AclResourceTypes, AssignerProtocol, ConfigResourceTypes, logLevel, PartitionAssigners, ResourcePatternTypes } = kafkajs;

export const KAFKA = { aclOperations: AclOperationTypes, aclPermissions: AclPermissionTypes, aclResources: AclResourceTypes, aclPatterns: ResourcePatternTypes, configResources: ConfigResourceTypes } as const;

const LEVELS: Readonly<Record<number, KafkaLogLevel>> = { [logLevel.ERROR]: 'error', [logLevel.WARN]: 'warn', [logLevel.INFO]: 'info', [logLevel.DEBUG]: 'debug' };

/** How often and how long a request is tried, in ms: whoever asked tries again after that, for as long as need be. */
const TRIES = { retries: 8, initialRetryTime: 100, maxRetryTime: 1000, factor: 0.2, multiplier: 2 } as const;
const QUICK = { ...TRIES, retries: 3, maxRetryTime: 400 } as const;

/** The topics that a group's member reads, as the cluster has them. */
export function topicsOfMember({ memberMetadata }: MemberDescription): readonly string[] {
  return memberMetadata.length === 0 ? [] : (AssignerProtocol.MemberMetadata.decode(memberMetadata)?.topics ?? []);
}

export interface MemberSettings extends MemberIds {
  readonly groupId: string;
  /** Called just before the member asks to join, so that nothing of the generation before is told to the one after. */
  readonly onJoining: () => void;
}

/** Makes the clients of one cluster; each has connections and a memory of its own. This alone loads kafkajs. */
export class KafkaClient {
  constructor(private readonly options: KafkaOptions) {}

  admin(): Admin {
    return this.kafka({ requestTimeout: 10_000, retry: QUICK }).admin();
  }

  producer(): Producer {
    return this.kafka({ requestTimeout: 10_000, retry: TRIES }).producer({
      idempotent: true,
      allowAutoTopicCreation: false,
      metadataMaxAge: 5000,
      retry: TRIES,
      // Every message says its partition.
      createPartitioner: () => ({ message }) => message.partition!,
    });
  }

  consumer({ groupId, onJoining, ...ids }: MemberSettings): Consumer {
    // Two consumers of one Kafka object and one group would share what they know of committed offsets, and wipe it for each other.
    return this.kafka({ requestTimeout: 30_000, retry: TRIES }).consumer({
      groupId,
      allowAutoTopicCreation: false,
      // So long a member that has died keeps its partitions. One with an instance id is expected back from a restart.
      sessionTimeout: ids.instanceId === undefined ? 12_000 : 45_000,
      rebalanceTimeout: 15_000,
      heartbeatInterval: 1000,
      // A member that joins, leaves or resumes a partition waits for this long at most; an idle member asks five times a second.
      maxWaitTimeInMs: 200,
      maxBytesPerPartition: 512 * 1024,
      maxBytes: 4 * 1024 * 1024,
      metadataMaxAge: 5000,
      // A crash is reported, and whoever watches the member makes a new one: kafkajs' own restart never forgets its failures.
      retry: { ...TRIES, restartOnFailure: async () => false },
      partitionAssigners: [
        (config) => {
          watchMember(config.cluster as unknown as ClusterOfMember, ids);
          const assigner = PartitionAssigners.roundRobin(config);
          return {
            ...assigner,
            protocol: (subscription) => {
              onJoining();
              return assigner.protocol(subscription);
            },
          };
        },
      ],
    });
  }

  private kafka(config: Pick<KafkaConfig, 'requestTimeout' | 'retry'>): Kafka {
    const { brokers, clientId, tls, sasl, onLog } = this.options;
    return new kafkajs.Kafka({
      ...config,
      brokers: [...brokers],
      clientId,
      connectionTimeout: 3000,
      authenticationTimeout: 5000,
      ...(tls === undefined ? {} : { ssl: tls.ca === undefined ? true : { ca: [tls.ca] } }),
      ...(sasl === undefined ? {} : { sasl: { mechanism: 'scram-sha-512', ...sasl } }),
      logLevel: onLog === undefined ? logLevel.NOTHING : logLevel.INFO,
      logCreator: () => ({ namespace, level, log: { message, timestamp: _timestamp, logger: _logger, ...details } }) => onLog?.(levelOf(level, namespace, message), namespace === '' ? message : `${namespace}: ${message}`, details),
    });
  }
}

/** What kafkajs says as an error or a warning of every start and every rebalance is none: an answer that it acts upon by itself, and a choice that is meant. */
function levelOf(level: number, namespace: string, message: string): KafkaLogLevel {
  const isUsual = (namespace === 'Connection' && message.startsWith('Response ')) || message.includes('Limiting retries for the idempotent producer');
  return isUsual ? 'debug' : (LEVELS[level] ?? 'debug');
}
