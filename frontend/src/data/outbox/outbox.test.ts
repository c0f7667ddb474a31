import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProblemError } from '../../api/problem';
import { minute } from '../../testing/documents';
import { pathOf, type QueuedAction } from './action';
import { Outbox, type Send, type Shelf, type Wish } from './outbox';
import type { Kept } from './store';

const tap = (verb: QueuedAction['verb'], at: number): Wish => ({ verb, stop: 's1', at: minute(at), body: { at: minute(at) }, place: 'quay' });
const lost = () => new ProblemError({ status: 0, code: 'network', title: '', detail: '' });
const conflict = (code: string, state?: string) => new ProblemError({ status: 409, code, title: '', detail: 'no', ...(state ? { state } : {}) });

/** A shelf that is emptied with the test. */
function makeShelf(): Shelf & { rows: Kept[] } {
  let last = 0;
  const shelf = {
    rows: [] as Kept[],
    listActions: (person: string) => Promise.resolve(shelf.rows.filter(({ action }) => action.person === person)),
    addAction: (action: QueuedAction) => {
      last += 1;
      shelf.rows = [...shelf.rows, { number: last, action }];
      return Promise.resolve();
    },
    changeAction: (number: number, action: QueuedAction) => {
      shelf.rows = shelf.rows.map((row) => (row.number === number ? { number, action } : row));
      return Promise.resolve();
    },
    dropAction: (number: number) => {
      shelf.rows = shelf.rows.filter((row) => row.number !== number);
      return Promise.resolve();
    },
  };
  return shelf;
}

/** A house that answers as it is told and remembers what it was sent. */
function makeHouse() {
  const house = { up: true, refuses: new Map<string, Error>(), heard: [] as { path: string; key: string; body: unknown }[] };
  const send: Send = (path, body, key) => {
    if (!house.up) return Promise.reject(lost());
    house.heard.push({ path, key, body });
    const refusal = house.refuses.get(path);
    return refusal ? Promise.reject(refusal) : Promise.resolve(null);
  };
  return { house, send };
}

const verbs = (heard: { path: string }[]) => heard.map(({ path }) => path.split('/').at(-1));
let keys = 0;
const makeKey = () => `key-${String((keys += 1))}`;

beforeEach(() => {
  vi.useFakeTimers();
  keys = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

function open(person = 'noe', shelf = makeShelf()) {
  const { house, send } = makeHouse();
  return { house, shelf, outbox: new Outbox(person, shelf, send, makeKey) };
}

describe('the outbox', () => {
  it('keeps three taps made without a network, with their own times, and sends them in order once it is back', async () => {
    const { house, outbox, shelf } = open();
    house.up = false;
    await outbox.add(tap('depart', 10));
    await outbox.add(tap('arrive', 15));
    await outbox.add(tap('start', 20));
    expect(outbox.read().kept.map(({ action }) => action.verb)).toEqual(['depart', 'arrive', 'start']);
    expect(house.heard).toEqual([]);
    house.up = true;
    await outbox.flush();
    expect(verbs(house.heard)).toEqual(['depart', 'arrive', 'start']);
    expect(house.heard.map(({ body }) => body)).toEqual([10, 15, 20].map((at) => ({ at: minute(at) })));
    expect(shelf.rows).toEqual([]);
  });

  it('tries again by itself, and sends the same key', async () => {
    const { house, outbox } = open();
    house.refuses.set(pathOf({ ...tap('depart', 1), key: '', person: '' }), new ProblemError({ status: 503, code: 'unavailable', title: '', detail: '' }));
    await outbox.add(tap('depart', 1));
    await outbox.flush();
    house.refuses.clear();
    await vi.advanceTimersByTimeAsync(5000);
    const sent = house.heard.map(({ key }) => key);
    expect(sent.length).toBeGreaterThanOrEqual(2);
    expect(new Set(sent)).toEqual(new Set(['key-1']));
    expect(outbox.read().kept).toEqual([]);
  });

  it('never overtakes: what comes after a lost action waits for it', async () => {
    const { house, outbox } = open();
    house.up = false;
    await outbox.add(tap('depart', 1));
    house.up = true;
    await outbox.add(tap('arrive', 2));
    await outbox.flush();
    expect(verbs(house.heard)).toEqual(['depart', 'arrive']);
  });

  it('takes a stop that is there already as done: the first answer was lost on the way', async () => {
    const { house, outbox, shelf } = open();
    house.refuses.set('/api/crew/stops/s1/arrive', conflict('not_in_that_state', 'arrived'));
    await outbox.add(tap('arrive', 2));
    await outbox.flush();
    expect(shelf.rows).toEqual([]);
  });

  it('keeps what was refused with its reason, goes on with the rest, and lets it be put away', async () => {
    const { house, outbox } = open();
    house.refuses.set('/api/crew/stops/s1/depart', conflict('not_next'));
    await outbox.add(tap('depart', 1));
    await outbox.add(tap('report', 2));
    await outbox.flush();
    expect(verbs(house.heard)).toEqual(['depart', 'reports']);
    expect(outbox.read().kept).toMatchObject([{ action: { verb: 'depart', refused: { code: 'not_next', status: 409 } } }]);
    await outbox.dismiss(1);
    expect(outbox.read().kept).toEqual([]);
  });

  it('sends nobody else their taps', async () => {
    const shelf = makeShelf();
    const first = open('noe', shelf);
    first.house.up = false;
    await first.outbox.add(tap('depart', 1));
    const second = open('lea', shelf);
    await second.outbox.flush();
    expect(second.house.heard).toEqual([]);
    expect(shelf.rows).toHaveLength(1);
  });

  it('waits for the next sign-in rather than losing a tap', async () => {
    const { house, outbox, shelf } = open();
    house.refuses.set('/api/crew/stops/s1/depart', new ProblemError({ status: 401, code: 'not_signed_in', title: '', detail: '' }));
    await outbox.add(tap('depart', 1));
    await outbox.flush();
    expect(shelf.rows[0]?.action.refused).toBeUndefined();
  });
});
