import type { Board } from '../../api/opsTypes';
import type { Selection } from './selection';

export interface Found {
  key: string;
  selection: NonNullable<Selection>;
  title: string;
  rest: string;
}

const MOST = 8;

const plain = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Units and requests that every word of what was typed occurs in; accents and case do not matter. */
export function findThings(board: Board, typed: string): Found[] {
  const words = plain(typed).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: Found[] = [];
  const offer = (thing: Found, more: string) => {
    const all = plain(`${thing.title} ${thing.rest} ${more}`);
    if (found.length < MOST && words.every((word) => all.includes(word))) found.push(thing);
  };
  for (const unit of board.units) {
    offer({ key: unit.id, selection: { kind: 'unit', id: unit.id }, title: unit.name, rest: unit.crew ?? '' }, unit.plate);
  }
  for (const request of board.requests) {
    const car = request.vehicle;
    offer({ key: request.id, selection: { kind: 'request', id: request.id }, title: request.place_text, rest: [car.name, car.plate].join(' · ') }, car.model);
  }
  return found;
}
