import type { UnitKind, UnitState } from './names';

const kinds: Record<UnitKind, string> = { van: 'Van', robot: 'Robot', trolley: 'Trolley', portable: 'Portable', trailer: 'Trailer' };

const states: Record<UnitState, string> = {
  off_duty: 'off duty',
  available: 'available',
  travelling: 'travelling',
  on_site: 'on site',
  delivering: 'delivering',
  recharging: 'recharging',
  on_break: 'on break',
  out_of_service: 'out of service',
};

/** Reasons and rules by their code; the code itself stays visible to operators. */
const codes: Record<string, string> = {
  no_unit_on_shift: 'No unit on shift',
  window_infeasible: 'Time window',
  energy_insufficient: 'Energy',
  connector_mismatch: 'Connector',
  power_too_low: 'Power',
  height_or_weight: 'Height or weight',
  outside_area: 'Outside the area',
  access_closed: 'Access closed',
  skill_missing: 'Skill missing',
  duty_limit: 'Duty',
  fleet_saturated: 'Every unit is busy',
  lock_conflict: 'Locked',
  not_worth_it: 'Not worth it',
};

/** What stands in a unit's way, said of the unit. */
const misses: Record<string, string> = {
  window: 'would come too late',
  finish_by: 'would not be done in time',
  access: 'finds the place closed',
  shift: 'is not on duty long enough',
  break: 'would miss its break',
  energy: 'lacks energy',
  way_to_plug: 'would not reach a plug afterwards',
  connector: 'has no connector that fits',
  power: 'has too little power',
  voltage: 'does not fit the car’s voltage',
  height: 'is too high for the way in',
  weight: 'is too heavy for the way in',
  kind: 'is not admitted there',
  site: 'works in another car park',
  plug_conflict: 'finds its plug taken',
  lock: 'is locked to other work',
};

/** What the house could not do, in one sentence each. */
const problems: Record<string, string> = {
  network: 'No answer from the house. Nothing was changed.',
  not_signed_in: 'Sign in to go on.',
  wrong_credentials: 'E-mail and password do not match.',
  forbidden: 'This account may not do that.',
  not_found: 'That is not there any more.',
  throttled: 'Too many tries. Wait a moment.',
  offer_lost: 'That place has just gone. Here is the next one.',
  offer_expired: 'The offer has run out. Here is a fresh one.',
  offer_taken: 'This offer was accepted already.',
  outside_area: 'That place lies outside our area. Move the map.',
  vehicle_has_open_request: 'This car is already waiting for energy.',
  in_progress: 'Your last tap is still under way.',
  not_in_that_state: 'The stop had moved on already.',
  not_next: 'Another stop comes before this one.',
  no_shift: 'There is no shift for you now.',
  meter_missing: 'The meter reading is missing.',
  photo_missing: 'A reading in the charger’s place needs a picture of the meter.',
  no_picture: 'That is no picture.',
  picture_too_large: 'The picture is too large.',
  car_not_confirmed: 'The plate or the driver’s PIN is missing.',
  wrong_car: 'That is another car’s plate.',
  wrong_pin: 'That is not this driver’s PIN.',
  session_running: 'The charger has not told its last reading yet.',
  session_missing: 'No energy has flowed here. Say why under Problem.',
  charger_silent: 'The charger does not listen. Stop it by hand and read its meter.',
  not_at_work: 'Nobody works at a car with this charger now.',
  nothing_runs: 'Nothing is charging here.',
  no_plan_yet: 'The first plan is being made. Try again in a moment.',
  window_in_the_past: 'That time has gone. Pick a later one.',
  window_too_far: 'That is further ahead than we plan.',
  more_than_the_battery_takes: 'That is more than the battery takes.',
  target_below_current: 'Your car has what you ask for. Ask for more.',
  vehicle_in_use: 'A unit is on its way to this car. Wait until it is charged.',
  too_many_vehicles: 'That is one car too many. Remove one first.',
  too_late_to_cancel: 'Too late to cancel: charging has begun.',
};

/** Inlets and plugs, as drivers know them. */
const connectors: Record<string, string> = { ccs2: 'CCS', ccs: 'CCS', chademo: 'CHAdeMO', type2: 'Type 2', type1: 'Type 1', nacs: 'NACS' };

export const common = {
  kinds,
  connectors,
  states,
  codes,
  misses,
  missBy: (words: string, amount: string) => `${words}, by ${amount}`,
  problems,
  brand: 'Voltrun',
  pageTitles: { landing: 'Voltrun', driver: 'Voltrun driver', ops: 'Voltrun console', crew: 'Voltrun crew', stories: 'Voltrun components' },
  language: { name: 'English', code: 'EN', other: 'Français', otherCode: 'FR' },
  themeLabels: { light: 'Light colours', dark: 'Dark colours' },
  waiting: 'Waiting to go up',
  mapLabel: 'Map',
  mapCredit: '© OpenStreetMap contributors',
  signIn: {
    title: 'Sign in',
    email: 'E-mail',
    password: 'Password',
    go: 'Sign in',
    demo: (role: string) => `Go in as the demo ${role}`,
    or: 'or with your own account',
    wrongRole: (name: string) => `${name} has no part in this page.`,
    out: 'Sign out',
  },
  failed: (status: number): string => (status >= 500 ? 'The house has a fault. Nothing was changed.' : 'That did not work. Nothing was changed.'),
  tryAgain: 'Try again',
  back: 'Back',
  loading: 'Getting things ready…',
  without: {
    database: 'The data is away for now. Trying again.',
    writes: 'Nothing can be changed for now. You can still look.',
    planner: 'No new plans for now. What is planned goes on, and offers are made.',
    quote: 'No offers for now. What is booked goes on.',
    valkey: 'No live news for now: asked for every few seconds.',
    roads: 'No road data for now: times are guesses, on the late side.',
  },
  connection: {
    live: (age: string) => `Live, ${age} ago`,
    connecting: 'Connecting',
    polling: (age: string) => `Asked ${age} ago`,
    lost: 'No connection. Trying again.',
    refused: 'There is nothing here for this account.',
  },
};
