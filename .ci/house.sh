# A whole house in a folder of its own, for tests that drive a browser. Sourced by run.

house_var=$root/var/browser-house
house_pid=

free_port() { .venv/bin/python -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'; }

# Green once a quote came back: only then there is a plan, a world, and somebody who answers.
is_house_ready() {
  .venv/bin/python -c 'import sys, urllib.request as web; web.urlopen(sys.argv[1], timeout=5)' "http://127.0.0.1:$1/readyz" 2>/dev/null
}

# start_house PORT: fresh data, the city that is built already; returns when it is ready.
start_house() {
  local log=$root/var/log/browser-house.log waited=0
  rm -rf "$house_var"
  mkdir -p "$house_var"
  ln -s "$root/var/city" "$house_var/city"
  env -u DATABASE_URL -u REDIS_URL VAR_DIR="$house_var" PORT="$1" SPEED=30 WORLD=on CITY=monaco UP_DIES_WITH_CALLER=1 \
    .venv/bin/python manage.py up >"$log" 2>&1 </dev/null &
  house_pid=$!
  until is_house_ready "$1"; do
    kill -0 "$house_pid" 2>/dev/null || { cat "$log" >&2; return 1; }
    waited=$((waited + 1))
    [ "$waited" -lt 300 ] || { say "the house was not ready within five minutes" >&2; cat "$log" >&2; return 1; }
    sleep 1
  done
}

stop_house() {
  [ -n "$house_pid" ] || return 0
  kill "$house_pid" 2>/dev/null || true
  wait "$house_pid" 2>/dev/null || true
  house_pid=
}
