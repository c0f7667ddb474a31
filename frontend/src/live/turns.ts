type Listener = () => void;

/** In how many frames a round is made. */
export const TURNS = 8;

/** The frames a round is drawn in, and when it begins; of the page, or of a test. */
export interface Rounds {
  everyMs: number;
  nextFrame: (draw: () => void) => void;
}

/** Many listeners, told once in every round, a few in each frame: no single frame draws them all. */
export function createTurns({ everyMs, nextFrame }: Rounds) {
  const seats = Array.from({ length: TURNS }, () => new Set<Listener>());
  let timer = 0;

  const turn = (seat: number) => {
    for (const listener of seats[seat] ?? []) listener();
    if (seat + 1 < TURNS) nextFrame(() => { turn(seat + 1); });
  };
  const begin = () => { nextFrame(() => { turn(0); }); };
  const isEmpty = () => seats.every((seat) => seat.size === 0);

  return (place: number, listener: Listener): (() => void) => {
    const seat = seats[place % TURNS];
    if (isEmpty()) timer = window.setInterval(begin, everyMs);
    seat?.add(listener);
    return () => {
      seat?.delete(listener);
      if (isEmpty()) clearInterval(timer);
    };
  };
}
