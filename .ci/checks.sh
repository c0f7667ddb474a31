# What `make check` looks at, one function each. Sourced by run.

check_lint() {
  .venv/bin/ruff check .
  .venv/bin/ruff format --check .
}

check_types() { .venv/bin/mypy; }

check_walls() { .venv/bin/lint-imports; }

# One file says one thing: 400 lines at most, generated ones aside.
check_length() {
  local long
  long=$(git ls-files --cached --others --exclude-standard '*.py' '*.ts' '*.tsx' '*.css' '*.mjs' '*.js' '*.sh' .ci |
    grep -v -e '/migrations/' -e 'frontend/src/api/schema.d.ts' | while IFS= read -r file; do
    [ -e "$file" ] || continue
    lines=$(wc -l <"$file")
    [ "$lines" -le 400 ] || printf '%s has %d lines, 400 are allowed\n' "$file" "$lines"
  done)
  [ -z "$long" ] || { say "$long" >&2; return 1; }
}

write_schema() { .venv/bin/python manage.py spectacular --format openapi-json --file "$1"; }

same_or_tell() {
  cmp -s "$1" "$2" || { say "$2 is out of date: run .ci/run generate and commit what changed" >&2; return 1; }
}

# The API's schema and the front end's types made from it (migrations are checked by a test: it has a database).
check_generated() {
  local fresh=var/generated
  mkdir -p "$fresh"
  write_schema "$fresh/schema.json"
  same_or_tell "$fresh/schema.json" frontend/src/api/schema.json
  (cd frontend && node_modules/.bin/openapi-typescript src/api/schema.json -o "../$fresh/schema.d.ts" \
    --alphabetize --root-types-no-schema-prefix=false >/dev/null)
  same_or_tell "$fresh/schema.d.ts" frontend/src/api/schema.d.ts
  .venv/bin/python -m config.reference "$fresh/SETTINGS.md"
  same_or_tell "$fresh/SETTINGS.md" config/SETTINGS.md
  .venv/bin/python manage.py personal_data --to "$fresh/PERSONAL_DATA.md"
  same_or_tell "$fresh/PERSONAL_DATA.md" dispatch/services/keeping/PERSONAL_DATA.md
}

generate() {
  write_schema frontend/src/api/schema.json
  (cd frontend && npm run --silent api)
  .venv/bin/python -m config.reference
  .venv/bin/python manage.py personal_data
  .venv/bin/python .ci/licences.py
}

# Asks the registries for what is known to be open in what we use; needs a network, so it is no part of `check`.
# What is known and stays has its reason in deploy/AUDIT.md.
audit() {
  .venv/bin/pip-audit --progress-spinner off --requirement requirements.txt --requirement deploy/tracing.txt
  (cd frontend && npm audit --audit-level=low)
}

# What others made: a licence that nobody has judged stops here.
check_licences() { .venv/bin/python .ci/licences.py --check; }

check_pages() {
  (cd frontend && npm run --silent lint && npm run --silent types)
}
