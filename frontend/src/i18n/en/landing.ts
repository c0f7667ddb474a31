export const landing = {
  title: 'Charging that comes to the car',
  lead: 'Ask for energy where the car stands. Vans and robots bring it; every plan is checked before it sends them.',
  doors: {
    driver: { title: 'Driver', text: 'Pin the car, pick an offer, watch the van come.', go: 'Open the driver page' },
    dispatcher: { title: 'Dispatcher', text: 'Every unit, request and pack, live on one screen.', go: 'Open the console' },
    crew: { title: 'Crew', text: 'The next stop, and the one button for it.', go: 'Open the crew page' },
  },
  oneClick: 'One click signs you in to the demo.',
  signedIn: (name: string) => `Signed in as ${name}`,
  docs: 'API documentation',
  schema: 'Schema',
  how: {
    title: 'How it works',
    steps: [
      'A driver says where the car stands and how much energy it wants.',
      'Within a second every unit is asked; each offer is proven in the running plan.',
      'The plan gets better in the background and never breaks a promise.',
      'Units report where they are and what they deliver; every screen sees it live.',
    ],
  },
  programs: { title: 'For programs', text: 'Everything these pages do goes through one documented API. Chargers speak OCPP.' },
  state: {
    title: 'State of the system',
    good: 'Everything runs',
    bad: 'Something is down',
    unknown: 'Checking…',
    partDown: 'down',
    parts: { database: 'Database', valkey: 'Messages', writes: 'Changes', roads: 'Roads', planner: 'Planner', world: 'Units', quote: 'Offers', ocpp: 'Chargers' } as Record<string, string>,
  },
  world: (area: string, time: string, speed: string) => `${area}, ${time}. World time runs ${speed} times as fast as yours.`,
};
