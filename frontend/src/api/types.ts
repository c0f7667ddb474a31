import type { components } from './schema';

/** The documents of the house. Shapes are generated; the vocabularies that they use are named here, once. */
export type Schemas = components['schemas'];

/** A generated document with some of its fields said more closely. */
export type Narrow<T, Closer> = Omit<T, keyof Closer> & Closer;

export type Instant = string;
export type UnitKind = 'van' | 'robot' | 'trolley' | 'portable' | 'trailer';
export type UnitState =
  | 'off_duty'
  | 'available'
  | 'travelling'
  | 'on_site'
  | 'delivering'
  | 'recharging'
  | 'on_break'
  | 'out_of_service';
export type RequestStatus =
  | 'booked'
  | 'assigned'
  | 'en_route'
  | 'on_site'
  | 'charging'
  | 'completed'
  | 'cancelled'
  | 'no_show'
  | 'unserviceable'
  | 'failed';
export type StopKind = 'serve' | 'recharge' | 'drop' | 'collect' | 'break' | 'hold';
export type StopState = 'planned' | 'dispatched' | 'arrived' | 'working' | 'done' | 'failed' | 'skipped';
export type Urgency = 'normal' | 'stranded' | 'flexible';
export type Role = 'driver' | 'dispatcher' | 'crew' | 'owner';

export type LatLon = Schemas['Location'];
export type Position = Schemas['Position'];
export type Eta = Schemas['Eta'];
export type PromiseTold = Schemas['Promise'];

export type Area = Narrow<Schemas['AreaView'], { bounds: [west: number, south: number, east: number, north: number] }>;
export type Config = Narrow<Schemas['Config'], { area: Area; demo_accounts: { role: Role; email: string }[] }>;
export type Me = Narrow<Schemas['Me'], { roles: { operator: Schemas['MeOperator']; role: Role }[] }>;

export interface ListOf<T> {
  results: T[];
  next: string | null;
}
