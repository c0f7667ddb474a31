import { describe, expect, it } from 'vitest';
import type { ChargeRequest } from '../../api/driverTypes';
import { charge, eta, minute, promise } from '../../testing/documents';
import { noteChanges, type ChangeLog } from './changes';

const watch = (...requests: ChargeRequest[]): ChangeLog => {
  const [first = charge()] = requests;
  return requests.reduce(noteChanges, { told: first, changes: [] });
};
const arriving = (told: number, p50: number) => charge({ eta: eta(minute(told), minute(p50), minute(p50 + 8)) });

describe('what changed', () => {
  it('is nothing while the arrival only breathes', () => {
    expect(watch(arriving(1, 20), arriving(2, 21), arriving(3, 19), arriving(4, 22)).changes).toEqual([]);
  });

  it('is told once an arrival has crept far enough from what was told, not from the last message', () => {
    const { changes } = watch(arriving(1, 20), arriving(2, 22), arriving(3, 24), arriving(4, 25));
    expect(changes).toEqual([{ kind: 'later', at: minute(3), minutes: 4 }]);
  });

  it('names the unit that comes instead', () => {
    const other = charge();
    const next = charge({ unit: other.unit && { ...other.unit, id: 'V-2', name: 'V-2' } });
    expect(watch(charge(), next).changes).toMatchObject([{ kind: 'unit', unit: 'V-2' }]);
  });

  it('says why a booking was planned again, the newest first', () => {
    const again = charge({ status: 'booked', unit: null, cause: 'unit_fault', eta: eta(minute(9), minute(40), minute(48)) });
    expect(watch(charge(), again).changes).toMatchObject([{ kind: 'replanned', cause: 'unit_fault' }, { kind: 'later', minutes: 20 }]);
  });

  it('counts a credit when it grows', () => {
    const credited = charge({ promise: { ...promise(minute(20), minute(28)), credit_minor: 300 } });
    expect(watch(charge(), credited, credited).changes).toMatchObject([{ kind: 'credit', credit_minor: 300 }]);
  });

  it('takes an ordinary step of the journey as no news', () => {
    const steps = (['assigned', 'en_route', 'on_site', 'charging'] as const).map((status) => charge({ status }));
    expect(watch(charge({ status: 'booked', unit: null }), ...steps).changes).toEqual([]);
  });

  it('keeps the four newest', () => {
    const creeping = Array.from({ length: 8 }, (_, index) => arriving(index + 1, 10 + index * 5));
    expect(watch(...creeping).changes).toHaveLength(4);
  });
});
