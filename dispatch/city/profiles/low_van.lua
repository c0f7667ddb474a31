-- A compact van: goes wherever a tall car goes.
-- maxheight and maxweight of ways hold for it, loaded.
local van = require('car')
local setup = van.setup

van.setup = function()
  local profile = setup()
  profile.vehicle_height = 1.95 -- metres
  profile.vehicle_width = 1.9
  profile.vehicle_length = 4.9
  profile.vehicle_weight = 2500 -- kilograms
  return profile
end

return van
