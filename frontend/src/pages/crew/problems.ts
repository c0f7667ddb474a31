import type { CrewStop } from '../../api/crewTypes';
import type { text } from '../../i18n/crew';
import type { IconName } from '../../ui/icons/shapes';

export type Reason = keyof typeof text.reasons;

interface Tile {
  reason: Reason;
  icon: IconName;
  /** Only where a car is charged. */
  atCar: boolean;
}

export const tiles: readonly Tile[] = [
  { reason: 'late', icon: 'clock', atCar: false },
  { reason: 'car_gone', icon: 'car', atCar: true },
  { reason: 'wrong_car', icon: 'search', atCar: true },
  { reason: 'no_access', icon: 'key', atCar: false },
  { reason: 'connector_stuck', icon: 'plug', atCar: true },
  { reason: 'ev_refuses', icon: 'cross', atCar: true },
  { reason: 'unit_fault', icon: 'van', atCar: false },
  { reason: 'other', icon: 'receipt', atCar: false },
];

/** The two that must never be looked for. */
export const alarms: readonly Reason[] = ['unsafe', 'accident'];

/** What cannot be wrong here is not asked. */
export const tilesFor = (stop: CrewStop): readonly Tile[] => (stop.kind === 'serve' ? tiles : tiles.filter((tile) => !tile.atCar));

/** A late crew still comes; everything else ends the stop. */
export const endsStop = (reason: Reason): boolean => reason !== 'late';

/** The house's word for it: an accident ends the stop as unsafe, and is reported by its own name. */
export const failReason = (reason: Reason): string => (reason === 'accident' ? 'unsafe' : reason);
