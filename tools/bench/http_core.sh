#!/bin/bash
# Compares the HTTP core with nginx: the same 15 KB of JSON, 64 keep-alive connections, side by side.
#
# Usage: tools/bench/http_core.sh BENCH_PROGRAM [ROUNDS] [SECONDS]
#   BENCH_PROGRAM  http_core_bench of a release build
# Prints requests per second of both (medians of interleaved rounds), their ratio, p50 and p99, resident memory at
# 256 connections and the time of one request while 200 idle keep-alive connections are open.
set -euo pipefail

bench=${1:?usage: http_core.sh BENCH_PROGRAM [ROUNDS] [SECONDS]}
rounds=${2:-3}
seconds=${3:-5}
work=$(mktemp -d /tmp/tickmark-bench.XXXXXX)
pids=()
finish() {
    for pid in "${pids[@]}"; do kill "$pid" 2>/dev/null || true; done
    wait 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

python3 - "$work/list.json" <<'PY'
import json, sys
rows = [{"ref": f"F-{i:04d}", "class": "minor", "state": "issued", "requirement": "The text of a requirement. " * 5,
         "nature": "What was found, in a sentence. " * 3} for i in range(50)]
open(sys.argv[1], "w").write(json.dumps(rows))
PY

freePort() { python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Ours: runs until its standard input ends.
mkfifo "$work/input"
"$bench" "$work/list.json" 64 <"$work/input" >"$work/port" &
ourPid=$!
pids+=("$ourPid")
exec 3>"$work/input"
until [ -s "$work/port" ]; do sleep 0.05; done
ours="http://127.0.0.1:$(cat "$work/port")/list.json"

nginxPort=$(freePort)
cat >"$work/nginx.conf" <<CONF
worker_processes auto; daemon off; pid $work/nginx.pid; error_log $work/error.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; types { application/json json; }
  open_file_cache max=10; client_body_temp_path $work; proxy_temp_path $work; fastcgi_temp_path $work;
  uwsgi_temp_path $work; scgi_temp_path $work;
  server { listen 127.0.0.1:$nginxPort; root $work; } }
CONF
chmod 755 "$work"
nginx -c "$work/nginx.conf" -p "$work" &
pids+=("$!")
peer="http://127.0.0.1:$nginxPort/list.json"
until curl -sf -o /dev/null "$peer" && curl -sf -o /dev/null "$ours"; do sleep 0.05; done
curl -s "$peer" | cmp - <(curl -s "$ours")

rate() { awk '/Requests\/sec/ {print $2}' "$1"; }
median() { sort -n | awk '{a[NR] = $1} END {print a[int((NR + 1) / 2)]}'; }
for ((i = 0; i < rounds; i++)); do
    wrk -t2 -c64 -d"${seconds}s" --latency "$peer" >"$work/peer.$i"
    wrk -t2 -c64 -d"${seconds}s" --latency "$ours" >"$work/ours.$i"
done
peerRate=$(for f in "$work"/peer.?; do rate "$f"; done | median)
ourRate=$(for f in "$work"/ours.?; do rate "$f"; done | median)
echo "bytes                 $(stat -c %s "$work/list.json")"
echo "nginx req/s           $peerRate"
echo "tickmark req/s        $ourRate"
echo "ratio                 $(awk "BEGIN {printf \"%.2f\", $ourRate / $peerRate}")"
echo "tickmark p50, p99     $(awk '/ 50%/ {print $2} / 99%/ {print $2}' "$work/ours.0" | tr '\n' ' ')"
echo "nginx p50, p99        $(awk '/ 50%/ {print $2} / 99%/ {print $2}' "$work/peer.0" | tr '\n' ' ')"

wrk -t2 -c256 -d"${seconds}s" "$ours" >"$work/many" &
load=$!
sleep "$(awk "BEGIN {print $seconds * 0.8}")"
echo "resident at 256       $(awk '/VmRSS/ {print $2, $3}' "/proc/$ourPid/status")"
wait "$load"

python3 - "$ours" <<'PY'
import socket, statistics, sys, time, urllib.parse
url = urllib.parse.urlparse(sys.argv[1])
request = f"GET {url.path} HTTP/1.1\r\nHost: {url.netloc}\r\n\r\n".encode()

def ask(connection):
    connection.sendall(request)
    data = b""
    while b"\r\n\r\n" not in data:
        data += connection.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    length = int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0])
    while len(body) < length:
        body += connection.recv(65536)

def connect():
    return socket.create_connection((url.hostname, url.port))

def measure():
    times = []
    for _ in range(200):
        began = time.perf_counter()
        with connect() as connection:
            ask(connection)
        times.append((time.perf_counter() - began) * 1000)
    return f"{statistics.median(times):.2f} ms median, {max(times):.2f} ms worst"

alone = measure()
idle = [connect() for _ in range(200)]
for connection in idle:
    ask(connection)
print("new connection, alone ", alone)
print("with 200 idle         ", measure())
PY
exec 3>&-
