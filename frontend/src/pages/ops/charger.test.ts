import { describe, expect, it } from 'vitest';
import { buildOrder, NOTHING_TYPED, ORDERS } from './chargerOrders';

const typed = { ...NOTHING_TYPED, why: ' cable is hot ', amount: '11,5', key: 'A.B', value: '1' };

describe('a command to a charger', () => {
  it('carries its reason, and nothing that it does not need', () => {
    expect(buildOrder('stop', typed)).toEqual({ verb: 'stop', why: 'cable is hot' });
    expect(ORDERS.every((verb) => buildOrder(verb, typed).why === 'cable is hot')).toBe(true);
  });

  it('says power in watts, with comma or point', () => {
    expect([buildOrder('cap', typed), buildOrder('cap', { ...typed, amount: '7.25' })].map(({ power_w }) => power_w)).toEqual([11_500, 7_250]);
  });

  it('asks for as many settings as were typed', () => {
    expect(buildOrder('read', { ...typed, key: 'A.B  C.D, E' })).toMatchObject({ keys: ['A.B', 'C.D', 'E'] });
  });
});
