import { describe, expect, it } from 'vitest';
import type { CrewDay } from '../../api/crewTypes';
import { crewStop, minute } from '../../testing/documents';
import type { QueuedAction } from './action';
import { withActions } from './optimism';

const day = (...stops: CrewDay['stops']): CrewDay => ({ server_time: minute(0), speed: 10, seq: 1, unit: null, shift: null, stops });
const action = (verb: QueuedAction['verb'], over: Partial<QueuedAction> = {}): QueuedAction => ({
  key: verb,
  person: 'noe',
  verb,
  stop: 's',
  at: minute(18),
  body: {},
  place: '',
  ...over,
});
const states = (shown: CrewDay) => shown.stops.map((stop) => stop.state);

describe('the day as the crew sees it', () => {
  it('is already where its taps lead', () => {
    expect(states(withActions(day(crewStop()), [action('depart'), action('arrive')]))).toEqual(['arrived']);
  });

  it('is untouched, the same object even, when nothing was tapped', () => {
    const told = day(crewStop());
    expect(withActions(told, [])).toBe(told);
  });

  it('never goes back: what the house knows already stays', () => {
    expect(states(withActions(day(crewStop({ state: 'working' })), [action('arrive')]))).toEqual(['working']);
  });

  it('does not show what was refused', () => {
    expect(states(withActions(day(crewStop()), [action('depart', { refused: { code: 'not_next', detail: '', status: 409 } })]))).toEqual(['planned']);
  });

  it('lets a charge begin when it was tapped and last as long as planned', () => {
    const [stop] = withActions(day(crewStop({ state: 'arrived' })), [action('start')]).stops;
    expect(stop).toMatchObject({ state: 'working', start: minute(18) });
    expect(Date.parse(stop?.end ?? '') - Date.parse(minute(18))).toBe(25 * 60_000);
  });

  it('ends a way home with the arrival', () => {
    expect(states(withActions(day(crewStop({ kind: 'hold', state: 'dispatched' })), [action('arrive')]))).toEqual(['done']);
  });

  it('moves the stop that was meant, and no report moves any', () => {
    const shown = withActions(day(crewStop(), crewStop({ id: 't' })), [action('depart', { stop: 't' }), action('report')]);
    expect(states(shown)).toEqual(['planned', 'dispatched']);
  });
});
