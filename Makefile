# make run [PORT=8000] [SPEED=10] [CITY=monaco] [WORLD=off]: what is on the command line reaches every step.
.PHONY: run setup test check bench backup restore reset

run:
	@.ci/setup run && UP_DIES_WITH_CALLER=1 exec .venv/bin/python manage.py up

setup:
	@.ci/setup

test:
	@.ci/run test

check:
	@.ci/run check

bench:
	@.ci/run bench

# make backup [TO=folder], make restore FROM=folder
backup:
	@.ci/keep backup "$(TO)"

restore:
	@.ci/keep restore "$(FROM)"

reset:
	@.ci/reset
