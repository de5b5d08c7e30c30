export type KafkaLogLevel = 'error' | 'warn' | 'info' | 'debug';

export interface KafkaOptions {
  /** `host:port` of some of the cluster's brokers; the others are learnt from them. */
  readonly brokers: readonly string[];
  readonly clientId: string;
  /** `ca`: PEM; undefined: the authorities that Node trusts. */
  readonly tls?: { readonly ca?: string };
  /** SCRAM-SHA-512 */
  readonly sasl?: { readonly username: string; readonly password: string };
  /** Of this process, unique in each group: a restart within the session timeout then gives it its partitions back, and moves none of the others'. */
  readonly instanceId?: string;
  /** Stands before the names of all topics and groups in the cluster; nobody beyond this adapter sees it. */
  readonly prefix: string;
  readonly onLog?: (level: KafkaLogLevel, message: string, details: object) => void;
  /** Copies of a topic that is made; undefined: three, or as many as there are brokers. */
  readonly replication?: number;
}
