# Builds the ground of the demo city when its sources are newer. Sourced by setup.

city_is_fresh() {
  local meta=$var/city/$1/meta.json
  [ -e "$meta" ] || return 1
  [ -z "$(find dispatch/city -type f ! -path '*/__pycache__/*' -newer "$meta" 2>/dev/null | head -n 1)" ]
}

prepare_city() {
  local city=${CITY:-monaco} extract
  extract=dispatch/city/data/$city.osm.pbf
  if [ ! -e "$extract" ]; then
    [ -e "$var/city/$city/meta.json" ] ||
      fail "the city $city is not built; run .venv/bin/python manage.py build_city EXTRACT.osm.pbf --name $city first"
    return
  fi
  if city_is_fresh "$city"; then return; fi
  step ours "City $city: roads, map, places" .venv/bin/python manage.py build_city "$extract" --name "$city"
}
