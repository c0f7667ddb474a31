# Finds a Python that really works. Sourced by setup.

# 3.12 or 3.13 (the road engine and the solver have no wheels for others), with venv and pip inside.
python_works() {
  "$1" -c '
import sys
assert (3, 12) <= sys.version_info[:2] <= (3, 13)
import ensurepip, ssl, venv, zlib' >/dev/null 2>&1 </dev/null
}

list_pythons() {
  local version folder shims name
  for version in 3.13 3.12; do
    # A version manager's shim may exist and fail: names on PATH are only candidates.
    type -aP "python$version" 2>/dev/null || true
    if command -v pyenv >/dev/null 2>&1; then
      for name in $(pyenv versions --bare 2>/dev/null | grep "^$version" || true); do
        PYENV_VERSION=$name pyenv which python 2>/dev/null || true
      done
    fi
    # With an empty HOME the manager does not know its own root: look beside its shims.
    while IFS= read -r -d : shims; do
      case $shims in */shims) ls -d "${shims%/shims}"/versions/"$version"*/bin/python 2>/dev/null || true ;; esac
    done <<<"$PATH:"
    for folder in "${PYENV_ROOT:-/nowhere}/versions" "${HOME:-/nowhere}/.pyenv/versions" \
      "${HOME:-/nowhere}/.asdf/installs/python" "${HOME:-/nowhere}/.local/share/mise/installs/python"; do
      ls -d "$folder/$version"*/bin/python 2>/dev/null || true
    done
    ls -d "${HOME:-/nowhere}"/.local/share/uv/python/cpython-"$version"*/bin/python 2>/dev/null || true
  done
  type -aP python3 2>/dev/null || true
}

# Sets $python to one that works, or leaves it empty.
find_python() {
  local candidate
  python=
  while IFS= read -r candidate; do
    if python_works "$candidate"; then
      python=$candidate
      return
    fi
  done < <(list_pythons)
  if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
    step downloads "Python 3.13 by uv" uv python install --quiet 3.13
    candidate=$(uv python find 3.13 2>/dev/null || true)
    if [ -n "$candidate" ] && python_works "$candidate"; then python=$candidate; fi
  fi
}

venv_works() { python_works .venv/bin/python && .venv/bin/python -c 'import pip' >/dev/null 2>&1; }

prepare_venv() {
  if ! venv_works; then
    [ -n "${python:-}" ] || find_python
    step ours "Python environment" "$python" -m venv --clear .venv
  fi
  # Our packages can be imported by every program of the environment: pytest loads a plugin of ours early.
  local packages
  for packages in .venv/lib/python3*/site-packages; do
    printf '%s\n' "$root" >"$packages/voltrun.pth"
  done
}

requirements_hash() { hash_files .venv/pyvenv.cfg requirements.txt "$1"; }

# Installs a requirements file if it, or the Python below it, has changed since.
install_requirements() {
  local file=$1 stamp=$2 title=$3
  [ "$(cat "$stamp" 2>/dev/null)" != "$(requirements_hash "$file")" ] || return 0
  step downloads "$title" .venv/bin/python -m pip install --quiet --no-input --disable-pip-version-check -r "$file"
  requirements_hash "$file" >"$stamp"
}

prepare_packages() {
  if [ "$with_tests" = yes ]; then
    install_requirements tests/requirements.txt .venv/.stamp-tests "Python packages, tests' too (up to a minute)"
    # They contain all that a run needs.
    requirements_hash requirements.txt >.venv/.stamp-run
  fi
  install_requirements requirements.txt .venv/.stamp-run "Python packages (half a minute)"
}

# What the search is made of is compiled once; what is kept knows the content it was made from.
prepare_search() {
  local made stamp=.venv/.stamp-search
  made=$(hash_files .venv/pyvenv.cfg requirements.txt routing/search/compiled/*.py)
  [ "$(cat "$stamp" 2>/dev/null)" != "$made" ] || return 0
  step ours "Search, compiled (half a minute)" .venv/bin/python -m routing.warm
  printf '%s' "$made" >"$stamp"
}
