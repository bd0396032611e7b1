#!/usr/bin/env bash
# A release build of the whole program from nothing, in a folder of its own. The last line is the result.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
begin=$(date +%s)
CARGO_TARGET_DIR="$folder" cargo build --release --locked -q -p mic
echo "$(( $(date +%s) - begin )) s"
