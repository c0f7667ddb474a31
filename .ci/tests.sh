# What `make test` runs, one function each. Sourced by run.

# tell NAME COMMAND...: shows the runner's words and keeps its closing lines for the end.
tell() {
  local name=$1 log=var/log/test-$1.log
  shift
  mkdir -p var/log
  "$@" 2>&1 | tee "$log"
}

# One process a core, four at most; who is done first takes over from the others.
test_unit() { tell unit .venv/bin/pytest -n auto --maxprocesses 4 --dist worksteal; }

test_system() { tell system .venv/bin/pytest -m system; }

in_front() { (cd frontend && "$@"); }

test_front() { tell front in_front npm test --silent; }

test_browser() {
  local port
  port=$(free_port)
  # However this step ends, the house goes with it.
  trap stop_house EXIT
  start_house "$port"
  VOLTRUN_URL=http://127.0.0.1:$port VOLTRUN_MAIL=$house_var/mail tell browser in_front npm run --silent e2e
}

# The runners' own last words, together at the end.
closing_lines() {
  local name
  for name in "$@"; do
    [ -e "var/log/test-$name.log" ] || continue
    say ""
    say "$name:"
    sed 's/\x1b\[[0-9;]*m//g' "var/log/test-$name.log" |
      grep -E '(passed|failed|error|skipped|no tests ran).*(in [0-9.]+s|\([0-9]+\))|^ +(Test Files|Tests) ' | tail -n 2 ||
      say "  the runner said nothing; see var/log/test-$name.log"
  done
}
