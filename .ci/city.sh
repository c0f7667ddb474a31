# Builds the ground of the demo city when its sources are newer. Sourced by setup.

city_is_fresh() {
  local stamp=$var/city/.stamp-$1
  [ -e "$stamp" ] && [ -e "$var/city/$1/meta.json" ] || return 1
  [ -z "$(find dispatch/city -type f ! -path '*/__pycache__/*' -newer "$stamp" 2>/dev/null | head -n 1)" ]
}

build_city() { .venv/bin/python manage.py build_city --name "$1" && touch "$var/city/.stamp-$1"; }

prepare_city() {
  local city=${CITY:-monaco}
  if [ ! -e "dispatch/city/data/$city.osm.pbf" ]; then
    [ -e "$var/city/$city/meta.json" ] ||
      fail "the city $city is not built; run .venv/bin/python manage.py build_city FILE.osm.pbf --name $city first"
    return
  fi
  if city_is_fresh "$city"; then return; fi
  step ours "City $city: roads, map, places" build_city "$city"
}
