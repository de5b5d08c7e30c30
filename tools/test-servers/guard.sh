#!/bin/sh
# guard.sh FOLDER: when its input ends (its owner has ended, in whatever way), ends every process that is entered in
# FOLDER/pids, with its process group, and removes FOLDER. A process enters itself before it becomes the server (see nest.mjs),
# so that none can start once the folder has been moved away.
# Whatever the tests make of the search path.
PATH=/usr/bin:/bin:$PATH
trap '' INT TERM HUP
cat > /dev/null
mv "$1" "$1.over" || exit 0
for entry in "$1.over"/pids/*; do
  pid=${entry##*/}
  # The number may belong to somebody else by now; ours has the folder in its command line.
  if grep -q -F -e "$1" "/proc/$pid/cmdline" 2> /dev/null; then kill -s KILL -- "-$pid" 2> /dev/null; fi
done
tries=0
until rm -rf "$1.over" 2> /dev/null || [ "$tries" -ge 100 ]; do
  tries=$((tries + 1))
  sleep 0.1
done
