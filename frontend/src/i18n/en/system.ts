const parts: Record<string, string> = {
  database: 'Database', valkey: 'Messages', writes: 'Changes', roads: 'Roads', planner: 'Planner', world: 'Units', quote: 'Offers',
};

const kinds: Record<string, string> = {
  done: 'Done', moved: 'Sent elsewhere', refused: 'Refused as asked', too_often: 'Too often', fault: 'Our own faults', unavailable: 'Told to come again', other: 'Others',
};

const reasons: Record<string, string> = { no_plan_yet: 'The first plan was still being made', no_tariff: 'No price is set', overloaded: 'Too many asked at once', other: 'Other reasons' };

export const system = {
  title: 'System',
  asOf: (time: string) => `as of ${time}`,
  loading: 'The figures are on their way',
  allWell: 'Everything stands',
  someDown: (count: number) => (count === 1 ? 'One part is down' : `${String(count)} parts are down`),
  parts,
  stands: 'stands',
  down: 'down',
  now: 'Now',
  openRequests: 'Open requests',
  unitsHeard: 'Units heard of',
  of: (all: number) => `of ${String(all)}`,
  planAge: 'Age of the plan, world time',
  waiting: 'Areas waiting for a plan',
  since: (age: string) => `for ${age}`,
  tasks: 'Tasks waiting',
  hour: 'The last hour, minute by minute',
  noHour: 'Messages are away, and with them what is counted. The rest of this page is true.',
  from: '60 min ago',
  until: 'now',
  goal: (span: string) => `goal ${span}`,
  quotes: 'Quotes',
  quotesTold: (all: number, refused: number) => `${String(all)} asked, ${String(refused)} without an offer`,
  offered: 'with offers',
  refused: 'without',
  quoteTime: 'From wish to offers',
  replanTime: 'From event to plan',
  lag: 'From event to screen',
  perMinute: 'slowest of 20, each minute',
  spanTold: (p50: string, p95: string, count: number) => `half within ${p50}, 95 of 100 within ${p95}, ${String(count)} in all`,
  nothing: 'nothing in this hour',
  whyRefused: 'Why quotes had no offer',
  noneRefused: 'Every quote of this hour had an offer.',
  answers: 'Answers of the API',
  noAnswers: 'Nobody asked in this hour.',
  kinds,
  reasons,
};
