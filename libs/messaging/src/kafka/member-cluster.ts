/** What kafkajs 2.2.4 has within, as far as it is used here: its own types leave it out. */
interface NodeOfCluster {
  lookupRequest: (apiKey: number, definition: unknown) => (payload: object) => unknown;
  leaveGroup: (payload: object) => Promise<unknown>;
  findGroupCoordinator: (request: object) => Promise<unknown>;
}

export interface ClusterOfMember {
  findGroupCoordinator(request: object): Promise<NodeOfCluster>;
  findGroupCoordinatorMetadata(request: object): Promise<unknown>;
  readonly brokerPool: { findConnectedBroker(): Promise<NodeOfCluster> };
}

export interface MemberIds {
  /** Static membership. */
  readonly instanceId?: string;
  /** What the group called the client before this one: under that name it need not wait until the group has given the former one up. */
  readonly formerId?: string;
}

const JOIN_GROUP = 11;

/**
 * Mends, for one member, what kafkajs leaves out. It swallows the reason why no coordinator is found, and it can write an instance id (static
 * membership) into its requests but never does.
 */
export function watchMember(cluster: ClusterOfMember, { instanceId, formerId }: MemberIds): void {
  const findMetadata = cluster.findGroupCoordinatorMetadata.bind(cluster);
  cluster.findGroupCoordinatorMetadata = async (request) => {
    try {
      return await findMetadata(request);
    } catch (error) {
      const node = await cluster.brokerPool.findConnectedBroker();
      await node.findGroupCoordinator(request); // Says the reason, if it is still there.
      throw error;
    }
  };
  if (instanceId === undefined && formerId === undefined) return;
  let former = instanceId === undefined ? formerId : undefined;
  const find = cluster.findGroupCoordinator.bind(cluster);
  const named = new WeakSet<NodeOfCluster['lookupRequest']>();
  cluster.findGroupCoordinator = async (request) => {
    const node = await find(request);
    if (!named.has(node.lookupRequest)) {
      const lookup = node.lookupRequest;
      node.lookupRequest = (apiKey, definition) => {
        const make = lookup(apiKey, definition);
        return (payload) => {
          const memberId = apiKey === JOIN_GROUP && former !== undefined ? { memberId: former } : {};
          if (apiKey === JOIN_GROUP) former = undefined; // A group that does not know it any more gives a new one.
          return make({ ...payload, ...memberId, ...(instanceId === undefined ? {} : { groupInstanceId: instanceId }) });
        };
      };
      named.add(node.lookupRequest);
      // It is expected back; the session timeout ends it if it does not come.
      if (instanceId !== undefined) node.leaveGroup = async () => undefined;
    }
    return node;
  };
}
