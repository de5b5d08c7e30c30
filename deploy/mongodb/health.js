// Makes the replica set on the first call; ends with 1 until this server takes writes.
if (!db.hello().setName) {
  db.getSiblingDB('admin').auth('root', require('node:fs').readFileSync('/run/secrets/mongodb-root-password', 'utf8').trim());
  rs.initiate({ _id: 'rs0', members: [{ _id: 0, host: 'mongodb:27017' }] });
}
quit(db.hello().isWritablePrimary ? 0 : 1);
