#!/usr/bin/env bash
# Measures PostgreSQL with PostGIS: a position written, the ten nearest with a skill, and a whole dispatch as one transaction, all durable.
# Needs PostgreSQL with PostGIS and python3. One JSON line per figure; nothing stays behind. As root, PEER_USER (postgres) runs the server.
set -euo pipefail
HELPERS=${HELPERS:-100000} SECONDS_EACH=${SECONDS_EACH:-10} CLIENTS=${CLIENTS:-"2 8"} SEED=${SEED:-1} PEER_USER=${PEER_USER:-postgres}

bin=${PG_BIN:-$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1)}
for tool in initdb postgres psql pgbench; do
  [ -x "$bin/$tool" ] || { echo "$tool is missing (Debian: apt install postgresql-15 postgresql-15-postgis-3; else name its folder in PG_BIN)" >&2; exit 2; }
done
command -v python3 >/dev/null || { echo "python3 is missing" >&2; exit 2; }

as_server=()
if [ "$(id -u)" = 0 ]; then
  id "$PEER_USER" >/dev/null 2>&1 || { echo "PostgreSQL does not run as root, and there is no user $PEER_USER: name one in PEER_USER" >&2; exit 2; }
  as_server=(runuser -u "$PEER_USER" --)
fi

folder=$(mktemp -d)
server=
stop() {
  # SIGINT is a fast shutdown; it goes to the server itself, not to runuser.
  if [ -n "$server" ]; then
    kill -INT "$(head -n 1 "$folder/data/postmaster.pid" 2>/dev/null)" 2>/dev/null || kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder"
}
trap stop EXIT
[ ${#as_server[@]} = 0 ] || chown "$PEER_USER" "$folder"

port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
cd "$folder"
"${as_server[@]}" "$bin/initdb" -D "$folder/data" -U peer -A trust >"$folder/initdb.log" 2>&1 || { cat "$folder/initdb.log" >&2; exit 1; }
"${as_server[@]}" "$bin/postgres" -D "$folder/data" -p "$port" -k "$folder" -c listen_addresses=127.0.0.1 >"$folder/log" 2>&1 &
server=$!
export PGHOST=127.0.0.1 PGPORT=$port PGUSER=peer PGDATABASE=postgres PGOPTIONS='-c client_min_messages=warning'
sql() { "$bin/psql" -X -q -v ON_ERROR_STOP=1 "$@"; }
for _ in $(seq 300); do
  sql -c 'SELECT 1' >/dev/null 2>&1 && break
  kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
  sleep 0.1
done
sql -c 'CREATE EXTENSION postgis' 2>"$folder/extension.log" || { cat "$folder/extension.log" >&2; echo "PostGIS is missing (Debian: apt install postgresql-15-postgis-3)" >&2; exit 2; }
version=$(sql -At -c "SELECT current_setting('server_version_num')::int / 10000 || ' with PostGIS ' || split_part(postgis_version(), ' ', 1)")

# The box is New York's: 40.60..40.90 N, 74.05..73.75 W. A third of the helpers has the skill that is looked for.
sql -v helpers="$HELPERS" -v seed="$SEED" >/dev/null <<'SQL'
SELECT setseed(1.0 / (1 + :seed));
CREATE TABLE helpers (id int PRIMARY KEY, place geometry(Point, 4326) NOT NULL, skills text[] NOT NULL, seen timestamptz NOT NULL, jobs int NOT NULL DEFAULT 0);
INSERT INTO helpers
  SELECT id, ST_SetSRID(ST_MakePoint(-74.05 + 0.3 * random(), 40.60 + 0.3 * random()), 4326),
    CASE id % 3 WHEN 0 THEN '{router,tv}'::text[] WHEN 1 THEN '{tv,phone}'::text[] ELSE '{computer}'::text[] END, now()
  FROM generate_series(1, :helpers) AS id;
CREATE INDEX helpers_place ON helpers USING gist (place);
CREATE TABLE assignments (id bigserial PRIMARY KEY, helper int NOT NULL, place geometry(Point, 4326) NOT NULL, at timestamptz NOT NULL);
VACUUM ANALYZE helpers;
SQL

place='ST_SetSRID(ST_MakePoint(-74.05 + :x / 1000000.0, 40.60 + :y / 1000000.0), 4326)'
draw='\set x random(0, 300000)
\set y random(0, 300000)'
cat >update.sql <<SQL
\set id random(1, $HELPERS)
$draw
UPDATE helpers SET place = $place, seen = now() WHERE id = :id;
SQL
cat >nearest.sql <<SQL
$draw
SELECT id, place <-> $place AS distance FROM helpers WHERE skills @> '{router}' ORDER BY place <-> $place LIMIT 10;
SQL
cat >dispatch.sql <<SQL
$draw
BEGIN;
SELECT array_agg(id) AS near FROM (SELECT id FROM helpers WHERE skills @> '{router}' ORDER BY place <-> $place LIMIT 5) AS nearest \gset
SELECT coalesce((SELECT id FROM helpers WHERE id = ANY (CAST(:near AS int[])) LIMIT 1 FOR UPDATE SKIP LOCKED), 0) AS helper \gset
UPDATE helpers SET jobs = jobs + 1 WHERE id = :helper;
INSERT INTO assignments (helper, place, at) SELECT :helper, $place, now() WHERE :helper > 0;
COMMIT;
SQL

# $1: what it is, $2: the script, $3: clients.
run() {
  "$bin/pgbench" -n -M prepared -f "$2" -c "$3" -j 2 -T "$SECONDS_EACH" --random-seed="$SEED" >bench.log 2>&1 || { cat bench.log >&2; exit 1; }
  awk -v what="$1" -v version="$version" -v clients="$3" -v helpers="$HELPERS" -v seconds="$SECONDS_EACH" -v load="$(cut -d ' ' -f 1 /proc/loadavg)" '
    /^tps = / { rate = $3 } /^latency average/ { latency = $4 } /^number of failed transactions/ { failed = $5 }
    END { printf "{\"peer\":\"postgis\",\"version\":\"%s\",\"figure\":\"%s\",\"members\":%d,\"clients\":%d,\"seconds\":%d,\"perSecond\":%.0f,\"averageMs\":%.2f,\"failed\":%d,\"machineLoad\":%s}\n",
      version, what, helpers, clients, seconds, rate, latency, failed, load }' bench.log
}

for clients in $CLIENTS; do
  run "position update" update.sql "$clients"
  run "10 nearest with a skill" nearest.sql "$clients"
  run "dispatch: nearest, lock one of five, update, insert" dispatch.sql "$clients"
done
