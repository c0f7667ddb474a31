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
  state: { good: 'Everything runs', bad: 'Something is down', unknown: 'Checking…' },
  world: (area: string, time: string, speed: string) => `${area}, ${time}. World time runs ${speed} times as fast as yours.`,
};
