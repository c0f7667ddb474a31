import { describe, expect, it } from 'vitest';
import type { CrewDay } from '../api/crewTypes';
import type { ChargeRequest } from '../api/driverTypes';
import { charge, eta, minute, position, session } from '../testing/documents';
import { dayRules } from './dayRules';
import type { Frame } from './frames';
import { requestRules } from './requestRules';
import { emptyStream, takeFrame } from './stream';

const follow = (...frames: Frame[]) =>
  frames.reduce((state, frame) => takeFrame(state, frame, requestRules).state, emptyStream<ChargeRequest>()).document;

const snapshot: Frame = { type: 'snapshot', seq: 3, at: minute(1), data: charge() };
const told = (event: string, at: string, data: ChargeRequest): Frame => ({ type: 'durable', event, seq: 4, at, data });
const moved: Frame = { type: 'live', at: minute(5), data: { position: position(43.735, minute(5)), eta: eta(minute(5), minute(22)) } };

describe('a request followed', () => {
  it('shows the unit where it was last seen and the latest estimate', () => {
    expect(follow(snapshot, moved)).toMatchObject({ unit: { position: { lat: 43.735 } }, eta: { arrival_p50: minute(22) } });
  });

  it('keeps the newer estimate when a durable message carries an older one', () => {
    expect(follow(snapshot, moved, told('promise_moved', minute(6), charge({ version: 2 })))).toMatchObject({
      version: 2,
      eta: { arrival_p50: minute(22) },
    });
  });

  it('forgets where the unit is once it has arrived', () => {
    const arrived = told('on_site', minute(21), charge({ status: 'on_site' }));
    expect(follow(snapshot, moved, arrived)?.unit?.position).toBeNull();
  });

  it('shows live power and level only while a session runs', () => {
    const power: Frame = { type: 'live', at: minute(30), data: { soc: 0.46, power: 58_600 } };
    const started = told('charging', minute(25), charge({ status: 'charging', session: session({ energy_wh: 14_600 }) }));
    expect(follow(snapshot, power)?.session).toBeNull();
    expect(follow(snapshot, started, power)?.session).toMatchObject({ soc: 0.46, power_w: 58_600, energy_wh: 14_600 });
  });

  it('lets no value travel from one unit to the next', () => {
    const other = charge().unit;
    const swapped = told('updated', minute(6), charge({ unit: other && { ...other, id: 'V-2', position: position(43.7, minute(2)) } }));
    expect(follow(snapshot, moved, swapped)?.unit?.position?.lat).toBe(43.7);
  });
});

describe("a crew's day", () => {
  const day: CrewDay = { server_time: minute(0), speed: 10, seq: 1, unit: null, shift: { start: minute(0), end: minute(59) }, stops: [] };
  const first = takeFrame(emptyStream<CrewDay>(), { type: 'snapshot', seq: 1, at: minute(0), data: day }, dayRules).state;

  it('takes changed parts whole and leaves the rest', () => {
    const next = takeFrame(first, { type: 'durable', event: 'stops', seq: 2, at: minute(1), data: { shift: null } }, dayRules).state;
    expect(next.document).toEqual({ ...day, seq: 2, shift: null });
  });
});
