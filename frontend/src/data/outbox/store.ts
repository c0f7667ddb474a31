import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { CrewDay } from '../../api/crewTypes';
import type { QueuedAction } from './action';

interface CrewBase extends DBSchema {
  /** In the order they were tapped: the number is the base's own. */
  actions: { key: number; value: QueuedAction };
  days: { key: string; value: CrewDay };
}

let opened: Promise<IDBPDatabase<CrewBase>> | null = null;

const open = () =>
  (opened ??= openDB<CrewBase>('voltrun-crew', 1, {
    upgrade: (base) => {
      base.createObjectStore('actions', { autoIncrement: true });
      base.createObjectStore('days');
    },
  }));

export interface Kept {
  number: number;
  action: QueuedAction;
}

/** Everything not yet taken, oldest first. */
export async function listActions(person: string): Promise<Kept[]> {
  const base = await open();
  const [numbers, actions] = await Promise.all([base.getAllKeys('actions'), base.getAll('actions')]);
  return actions.flatMap((action, index) => {
    const number = numbers[index];
    return number !== undefined && action.person === person ? [{ number, action }] : [];
  });
}

export async function addAction(action: QueuedAction): Promise<void> {
  await (await open()).add('actions', action);
}

export async function changeAction(number: number, action: QueuedAction): Promise<void> {
  await (await open()).put('actions', action, number);
}

export async function dropAction(number: number): Promise<void> {
  await (await open()).delete('actions', number);
}

/** The day as last seen, for a page that opens without a network. */
export async function keepDay(person: string, day: CrewDay): Promise<void> {
  await (await open()).put('days', day, person);
}

export async function findDay(person: string): Promise<CrewDay | null> {
  return (await (await open()).get('days', person)) ?? null;
}
