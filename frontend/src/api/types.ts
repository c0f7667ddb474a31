/** The documents the server sends, named once. Instants are ISO-8601 UTC strings, `soc` is 0..1. */

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

export interface LatLon {
  lat: number;
  lon: number;
}

export interface Place extends LatLon {
  name: string;
}

export interface Position extends LatLon {
  heading: number | null;
  at: Instant;
}

export interface Area {
  id: string;
  name: string;
  slug: string;
  time_zone: string;
  currency: string;
  locale: string;
  center: LatLon;
  bounds: [number, number, number, number];
}

export interface Config {
  area: Area;
  basemap_url: string;
  demo: boolean;
  demo_accounts: { role: Role; email: string }[];
  server_time: Instant;
  speed: number;
}

export interface Me {
  person: { id: string; name: string; email: string } | null;
  roles: { operator: { id: string; name: string }; role: Role }[];
}

export interface ListOf<T> {
  results: T[];
  next: string | null;
}
