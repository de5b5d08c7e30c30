#!/bin/sh
# What must be there before the services start: topics, collections, a knowledge index. Running it again changes only what differs.
set -eu
cd "$(dirname "$0")/.."
mathlabel() { node apps/cli/bin/mathlabel.mjs "$@"; }

mathlabel topics apply
mathlabel db migrate
mathlabel index build --swap
