import { type AclEntry } from 'kafkajs';
import { type Grant } from '@math-labeler/contracts';
import { type KafkaAdmin } from './kafka-admin.js';
import { KAFKA } from './kafka-client.js';
import { type KafkaNames } from './kafka-names.js';

const { aclOperations, aclPatterns, aclPermissions, aclResources } = KAFKA;
const OPERATIONS = { read: aclOperations.READ, write: aclOperations.WRITE, describe: aclOperations.DESCRIBE, 'describe-configs': aclOperations.DESCRIBE_CONFIGS, delete: aclOperations.DELETE } as const;

/** Gives the grants that were not there in full. */
export async function allow(admin: KafkaAdmin, names: KafkaNames, grants: readonly Grant[]): Promise<Grant[]> {
  return admin.use(async (client) => {
    const { resources } = await client.describeAcls({ resourceType: aclResources.ANY, resourcePatternType: aclPatterns.ANY, operation: aclOperations.ANY, permissionType: aclPermissions.ALLOW });
    const there = new Set(resources.flatMap(({ resourceType, resourceName, resourcePatternType, acls }) => acls.map((acl) => nameOf({ resourceType, resourceName, resourcePatternType, ...acl }))));
    const missing = grants.filter((grant) => entriesOf(grant, names).some((entry) => !there.has(nameOf(entry))));
    if (missing.length > 0) await client.createAcls({ acl: missing.flatMap((grant) => entriesOf(grant, names)) });
    return missing;
  });
}

function entriesOf({ principal, resource, name, match, operations }: Grant, names: KafkaNames): AclEntry[] {
  return operations.map((operation) => ({
    principal: `User:${principal}`,
    host: '*',
    resourceType: resource === 'topic' ? aclResources.TOPIC : aclResources.GROUP,
    resourceName: names.out(name),
    resourcePatternType: match === 'exact' ? aclPatterns.LITERAL : aclPatterns.PREFIXED,
    operation: OPERATIONS[operation],
    permissionType: aclPermissions.ALLOW,
  }));
}

function nameOf({ principal, host, resourceType, resourceName, resourcePatternType, operation, permissionType }: AclEntry): string {
  return JSON.stringify([principal, host, resourceType, resourceName, resourcePatternType, operation, permissionType]);
}
