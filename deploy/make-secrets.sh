#!/bin/sh
# Draws the passwords of the parts into deploy/secrets, or another folder: `sh deploy/make-secrets.sh [FOLDER]`. What is there already stays.
set -eu
folder=${1:-$(dirname "$0")/secrets}
mkdir -p "$folder"
# Nobody else may enter the folder. The files themselves are mounted into containers whose users differ, and must be readable there.
chmod 700 "$folder"
cd "$folder"

keep() { # keep FILE COMMAND…: what the command says, unless the file has something
  file=$1
  shift
  [ -s "$file" ] || { "$@" > "$file.new" && chmod 444 "$file.new" && mv "$file.new" "$file"; }
}

keep mongodb-root-password openssl rand -hex 24
keep mongodb-password openssl rand -hex 24
keep mongodb-keyfile openssl rand -base64 256
keep elasticsearch-password openssl rand -hex 24
keep mongodb-uri printf 'mongodb://math-labeler:%s@mongodb:27017/math-labeler?replicaSet=rs0\n' "$(cat mongodb-password)"
