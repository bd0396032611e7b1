#!/usr/bin/env bash
# Personalised letters into postfix's smtp-sink by this project's client, and postfix's own smtp-source into the same sink, in turn.
# The last line is the result. Needs Debian's postfix; starts and stops its own sink.
set -euo pipefail
cd "$(dirname "$0")/.."
count=20000
port=$((20000 + RANDOM % 20000))
cargo build --release -q -p mic-courier --example mail_rate
smtp-sink -u root "127.0.0.1:$port" 1000 &
sink=$!
trap 'kill "$sink"; wait "$sink" 2>/dev/null || true' EXIT
until (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do read -rt 0.1 <> <(:) || true; done
ours=() theirs=()
for _ in 1 2 3; do
  ours+=("$(target/release/examples/mail_rate "127.0.0.1:$port" "$count" | tail -n 1 | sed -E 's|.* ([0-9]+)/s.*|\1|')")
  begin=$(date +%s.%N)
  smtp-source -d -s 16 -m "$count" -l 3000 "127.0.0.1:$port"
  theirs+=("$(awk -v b="$begin" -v e="$(date +%s.%N)" -v n="$count" 'BEGIN { printf "%.0f", n / (e - b) }')")
done
median() { printf '%s\n' "$@" | sort -n | sed -n 2p; }
awk -v a="$(median "${ours[@]}")" -v b="$(median "${theirs[@]}")" 'BEGIN { printf "%.0f/s, smtp-source %.0f/s: %.2f times\n", a, b, a / b }'
