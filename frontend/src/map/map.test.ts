import { describe, expect, it } from 'vitest';
import { fanOut } from './fanOut';
import { locate, metresBetween, pathFrom } from './geometry';
import { glide } from './glide';
import { Glider } from './glider';
import { decodePolyline } from './polyline';
import { areSame } from './useSteady';

const quay = { lat: 43.735, lon: 7.42 };
const corner = { lat: 43.735, lon: 7.425 };
const hill = { lat: 43.739, lon: 7.425 };
const leg = [quay, corner, hill];

describe('a leg', () => {
  it('is read from six decimals', () => {
    expect(decodePolyline('_izlhA~rlgdF_{geC~ywl@_kwzCn`{nI')).toEqual([
      { lat: 38.5, lon: -120.2 },
      { lat: 40.7, lon: -120.95 },
      { lat: 43.252, lon: -126.453 },
    ]);
  });

  it('drops a broken tail', () => {
    expect(decodePolyline('_izlhA~rlgdF_{geC')).toHaveLength(1);
  });

  it('knows where on it a point lies', () => {
    const found = locate(leg, { lat: 43.7371, lon: 7.42502 });
    expect(found?.off).toBeLessThan(3);
    expect(found?.along).toBeGreaterThan(metresBetween(quay, corner));
  });

  it('can be cut where the unit is', () => {
    const [first, ...rest] = pathFrom(leg, metresBetween(quay, corner) / 2);
    expect(first?.lon).toBeCloseTo(7.4225, 5);
    expect(rest).toEqual([corner, hill]);
  });
});

describe('units on one spot', () => {
  it('are drawn side by side, and a unit alone where it is', () => {
    expect(fanOut([quay, corner, { lat: 43.73501, lon: 7.42001 }, null])).toEqual([-20, 0, 20, 0]);
  });
});

describe('a marker', () => {
  it('follows the road round the corner instead of cutting it', () => {
    const half = glide(quay, hill, 0.5, leg);
    expect(locate(leg, half)?.off).toBeLessThan(1);
    expect(metresBetween(half, glide(quay, hill, 0.5, null))).toBeGreaterThan(50);
  });

  it('never runs past the last fix', () => {
    expect(glide(quay, corner, 7, leg)).toEqual(corner);
  });

  it('goes straight when a fix is off the leg', () => {
    const away = { lat: 43.75, lon: 7.43 };
    expect(glide(quay, away, 0.5, leg).lat).toBeCloseTo((quay.lat + away.lat) / 2, 9);
  });
});

describe('the glider', () => {
  const fix = (place: typeof quay, at: string, still = false) => ({ id: 'V-1', ...place, at, still });
  const none = () => null;

  it('goes on from where the marker is drawn when a fix comes early', () => {
    const glider = new Glider(1000);
    glider.take([fix(quay, 'a')], 0, none);
    glider.take([fix(corner, 'b')], 1000, none);
    const drawn = glider.place('V-1', 1500, null);
    glider.take([fix(hill, 'c')], 1500, none);
    expect(glider.place('V-1', 1500, null)).toEqual(drawn);
  });

  it('stands still once it has arrived, and forgets units that are gone', () => {
    const glider = new Glider(1000);
    glider.take([fix(quay, 'a')], 0, none);
    expect(glider.isMoving(1001)).toBe(false);
    glider.take([], 2000, none);
    expect(glider.place('V-1', 2000, null)).toBeNull();
  });

  it('puts a stale unit down where it was last seen', () => {
    const glider = new Glider(1000);
    glider.take([fix(quay, 'a')], 0, none);
    glider.take([fix(corner, 'b', true)], 100, none);
    expect(glider.place('V-1', 100, null)).toMatchObject(corner);
  });
});

describe('what the map draws', () => {
  const before = [{ id: 'a', shape: 'booked', energy: 12 }, { id: 'b', shape: 'at_risk', energy: 20 }];

  it('is the same when only what it does not draw has changed', () => {
    expect(areSame(before, [{ id: 'a', shape: 'booked', energy: 19 }, { ...before[1] } as (typeof before)[0]], ['id', 'shape'])).toBe(true);
  });

  it('is another when a mark changes, one comes or one goes', () => {
    expect(areSame(before, [{ id: 'a', shape: 'at_risk', energy: 12 }, ...before.slice(1)], ['id', 'shape'])).toBe(false);
    expect(areSame(before, before.slice(1), ['id', 'shape'])).toBe(false);
    expect(areSame(before, [...before, { id: 'c', shape: 'booked', energy: 1 }], ['id', 'shape'])).toBe(false);
  });
});
