#!/usr/bin/env bash
# Measures Redis GEO: positions written (GEOADD, pipelined) and the ten nearest within 500 m (GEOSEARCH), over one connection each.
# Needs redis-server, redis-cli and python3. One JSON line per figure; nothing stays behind.
set -euo pipefail
MEMBERS=${MEMBERS:-100000} WRITES=${WRITES:-1000000} SEARCHES=${SEARCHES:-10000} SEED=${SEED:-1}

for tool in redis-server redis-cli python3; do
  command -v "$tool" >/dev/null || { echo "$tool is missing (Debian: apt install redis-server redis-tools python3)" >&2; exit 2; }
done

folder=$(mktemp -d)
server=
stop() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null && wait "$server" 2>/dev/null; } || true
  rm -rf "$folder"
}
trap stop EXIT

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
redis-server --bind 127.0.0.1 --port "$port" --dir "$folder" --save '' --appendonly no --daemonize no >"$folder/log" 2>&1 &
server=$!
for _ in $(seq 100); do
  redis-cli -p "$port" ping 2>/dev/null | grep -q PONG && break
  kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
  sleep 0.1
done
redis-cli -p "$port" ping | grep -q PONG || { echo "redis-server does not answer" >&2; exit 1; }
version=$(redis-server --version | sed 's/.*v=\([0-9.]*\).*/\1/')

# The commands are written to files first: making them must not count. The box is New York's: 40.60..40.90 N, 74.05..73.75 W.
python3 - "$folder" "$MEMBERS" "$WRITES" "$SEARCHES" "$SEED" <<'PY'
import random, sys
folder, members, writes, searches, seed = sys.argv[1], *map(int, sys.argv[2:])
draw = random.Random(seed)
place = [[draw.uniform(-74.05, -73.75), draw.uniform(40.60, 40.90)] for _ in range(members)]

def put(file, *words):
    file.write("*%d\r\n%s" % (len(words), "".join("$%d\r\n%s\r\n" % (len(word), word) for word in words)))

def add(file, member):
    put(file, "GEOADD", "helpers", "%.6f" % place[member][0], "%.6f" % place[member][1], "h%d" % member)

with open(folder + "/load", "w", newline="") as file:
    for member in range(members):
        add(file, member)
with open(folder + "/move", "w", newline="") as file:
    for number in range(writes):
        member = number % members
        place[member][0] = min(-73.75, max(-74.05, place[member][0] + draw.uniform(-0.001, 0.001)))
        place[member][1] = min(40.90, max(40.60, place[member][1] + draw.uniform(-0.001, 0.001)))
        add(file, member)
with open(folder + "/search", "w", newline="") as file:
    for _ in range(searches):
        put(file, "GEOSEARCH", "helpers", "FROMLONLAT", "%.6f" % draw.uniform(-74.05, -73.75), "%.6f" % draw.uniform(40.60, 40.90),
            "BYRADIUS", "500", "m", "ASC", "COUNT", "10")
PY

# $1: what it is, $2: the file, $3: how many commands it has; silent without the first.
run() {
  local began ended
  began=$(date +%s%N)
  redis-cli -h 127.0.0.1 -p "$port" --pipe <"$folder/$2" >"$folder/out" 2>&1 || { cat "$folder/out" >&2; exit 1; }
  ended=$(date +%s%N)
  grep -q "errors: 0, replies: $3" "$folder/out" || { cat "$folder/out" >&2; exit 1; }
  [ -z "$1" ] || awk -v what="$1" -v version="$version" -v members="$MEMBERS" -v count="$3" -v ns=$((ended - began)) -v load="$(cut -d ' ' -f 1 /proc/loadavg)" 'BEGIN {
    printf "{\"peer\":\"redis\",\"version\":\"%s\",\"figure\":\"%s\",\"members\":%d,\"operations\":%d,\"seconds\":%.2f,\"perSecond\":%.0f,\"machineLoad\":%s}\n",
      version, what, members, count, ns / 1e9, count / (ns / 1e9), load }'
}

run "" load "$MEMBERS"
run "GEOADD, pipelined" move "$WRITES"
run "GEOSEARCH, 10 nearest within 500 m, pipelined" search "$SEARCHES"
