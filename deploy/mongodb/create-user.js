// Run once by the image, on an empty data folder: the services have a user of their own, with this one database.
const { readFileSync } = require('node:fs');

db.getSiblingDB('math-labeler').createUser({
  user: 'math-labeler',
  pwd: readFileSync('/run/secrets/mongodb-password', 'utf8').trim(),
  // dbAdmin: `mathlabel db migrate` changes validators.
  roles: ['readWrite', 'dbAdmin'],
});
