-- A high van: low bridges and tunnels and weak roads are closed to it.
-- maxheight and maxweight of ways hold for it, loaded.
local van = require('car')
local setup = van.setup

van.setup = function()
  local profile = setup()
  profile.vehicle_height = 2.6 -- metres
  profile.vehicle_width = 2.1
  profile.vehicle_length = 6.0
  profile.vehicle_weight = 3500 -- kilograms
  return profile
end

return van
