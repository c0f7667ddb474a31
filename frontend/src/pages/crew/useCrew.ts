import { createContext, useContext } from 'react';
import type { CrewDay } from '../../api/crewTypes';
import type { Outbox, OutboxView } from '../../data/outbox/outbox';
import type { Connection } from '../../live/socket';

export interface Crew {
  /** With everything that was tapped, whether the house knows it yet or not. */
  day: CrewDay;
  zone: string;
  connection: Connection;
  outbox: Outbox;
  queue: OutboxView;
  /** World time since which nothing was heard; null while the line is good. */
  lostSince: number | null;
}

export const CrewContext = createContext<Crew | null>(null);

export function useCrew(): Crew {
  const crew = useContext(CrewContext);
  if (!crew) throw new Error('a part of the crew page stands outside of it');
  return crew;
}
