# `make bench`: each bench writes var/bench/NAME.jsonl afresh and a table at its end. Sourced by run.

benches="quality quotes replan dynamic scale ocpp live api shards"
# Twenty minutes that measure no speed; a million requests: only when they are named.
named="fuzz restore"

bench() {
  local name wanted=${BENCH:-$benches}
  wanted=${wanted//,/ }
  for name in $wanted; do
    case " $benches $named " in
      *" $name "*) ;;
      *) fail "there is no bench called $name; there are: $benches $named (BENCH=${benches// /,})" ;;
    esac
  done
  # shellcheck disable=SC2086
  .venv/bin/python -m tests.bench $wanted
}
