# Small words shared by the scripts of this folder. Sourced, never run.

root=$(cd "${BASH_SOURCE[0]%/*}/.." && pwd -P)
cd "$root"
var=${VAR_DIR:-$root/var}
setup_log=$var/log/setup.log
downloads_ms=0
ours_ms=0
working=

say() { printf '%s\n' "$*"; }

# One clear sentence on standard error, then the end.
fail() {
  printf 'voltrun: %s\n' "$*" >&2
  exit 1
}

now_ms() {
  # Bash 3.2 knows no EPOCHREALTIME; whole seconds are good enough there.
  if [ -n "${EPOCHREALTIME:-}" ]; then
    local both=${EPOCHREALTIME/[.,]/}
    printf '%s' "${both%???}"
  else
    printf '%s000' "$(date +%s)"
  fi
}

seconds() { printf '%d.%d s' "$(($1 / 1000))" "$(($1 % 1000 / 100))"; }

hash_files() {
  if command -v sha256sum >/dev/null; then cat "$@" | sha256sum; else cat "$@" | shasum -a 256; fi | cut -c1-64
}

# step downloads|ours TITLE COMMAND...: one line with its duration; what the command says goes to the log.
step() {
  local kind=$1 title=$2 begun took status=0 ticks=0
  shift 2
  begun=$(now_ms)
  printf '  %s ' "$title"
  printf '\n== %s: %s\n' "$title" "$*" >>"$setup_log"
  "$@" >>"$setup_log" 2>&1 </dev/null &
  working=$!
  while kill -0 "$working" 2>/dev/null; do
    sleep 0.1
    ticks=$((ticks + 1))
    [ $((ticks % 30)) -ne 0 ] || printf '.'
  done
  wait "$working" || status=$?
  working=
  took=$(($(now_ms) - begun))
  if [ "$status" -ne 0 ]; then
    printf ' failed\n'
    fail "$title failed: $(reason_in_log)."
  fi
  printf ' %s\n' "$(seconds "$took")"
  if [ "$kind" = downloads ]; then downloads_ms=$((downloads_ms + took)); else ours_ms=$((ours_ms + took)); fi
}

# The usual causes in one sentence; everything else stands in the log.
reason_in_log() {
  local last
  last=$(awk '/^== / {text = ""} {text = text "\n" $0} END {print text}' "$setup_log")
  case $last in
    *"No space left"* | *ENOSPC*) printf 'the disk is full' ;;
    *"Temporary failure in name resolution"* | *ENOTFOUND* | *EAI_AGAIN* | *ECONNREFUSED* | *ETIMEDOUT* | \
      *NewConnectionError* | *"Network is unreachable"* | *"Connection refused"*)
      printf 'a package index cannot be reached; check the network and run it again, it goes on where it stopped' ;;
    *"No matching distribution"* | *"Could not find a version"*)
      printf 'a pinned package cannot be found for this machine; %s has the details' "${setup_log#"$root"/}" ;;
    *"Permission denied"* | *EACCES*) printf 'a folder may not be written; %s says which' "${setup_log#"$root"/}" ;;
    *) printf '%s has the details' "${setup_log#"$root"/}" ;;
  esac
}

stop_working() { [ -z "$working" ] || kill "$working" 2>/dev/null || true; }
trap stop_working EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Two set-ups at once in one clone: the second waits for the first.
take_setup_lock() {
  mkdir -p "$var/log" 2>/dev/null || fail "the folder $root may not be written"
  if command -v flock >/dev/null; then
    exec 9>"$var/setup.lock"
    flock -n 9 && return
    say "  Another set-up works in this clone; waiting for it"
    flock 9
    return
  fi
  local told=
  until mkdir "$var/setup.lock.d" 2>/dev/null; do
    kill -0 "$(cat "$var/setup.lock.d/pid" 2>/dev/null || echo 0)" 2>/dev/null || { rm -rf "$var/setup.lock.d"; continue; }
    [ -n "$told" ] || say "  Another set-up works in this clone; waiting for it"
    told=yes
    sleep 0.5
  done
  echo $$ >"$var/setup.lock.d/pid"
  trap 'stop_working; rm -rf "$var/setup.lock.d"' EXIT
}
