import { useEffect, useState } from 'react';
import type { CrewDay } from '../../api/crewTypes';
import { findDay, keepDay } from './store';

/** The day, or while it has not come, the day as last seen on this device. */
export function useKeptDay(person: string, day: CrewDay | null): CrewDay | null {
  const [kept, setKept] = useState<CrewDay | null>(null);
  useEffect(() => {
    let wanted = true;
    void findDay(person)
      .catch(() => null) // storage refused: there is only what comes
      .then((found) => {
        if (wanted) setKept(found);
      });
    return () => {
      wanted = false;
    };
  }, [person]);
  useEffect(() => {
    if (day) void keepDay(person, day).catch(() => undefined);
  }, [person, day]);
  return day ?? kept;
}
