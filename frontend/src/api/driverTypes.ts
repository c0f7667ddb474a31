import type { Instant, Narrow, RequestStatus, Schemas, UnitKind, Urgency } from './types';

export type { Eta } from './types';
export type Vehicle = Schemas['Vehicle'];
export type Price = Schemas['Price'];
export type Session = Schemas['Session'];
export type QuoteWish = Schemas['QuoteInputRequest'] & { soc: number };

export type Relaxes = 'later' | 'less_energy';

/** An offer; as an alternative to what was asked it says what it relaxes. */
export type Offer = Narrow<
  Schemas['Offer'],
  { kind: 'asap' | 'slot'; relaxes: Relaxes | ''; unit: { kind: UnitKind; power_kw: number } }
>;

export type RefusingUnit = Narrow<Schemas['RefusingUnit'], { unit: { id: string; name: string; kind: UnitKind } }>;

export type Refusal = Narrow<Schemas['Refusal'], { closest: RefusingUnit | null; per_unit: RefusingUnit[] }>;

export type Quote = Narrow<
  Schemas['Quote'],
  { offers: Offer[]; alternatives: Offer[]; refusal: Refusal | null }
>;

export type ComingUnit = Narrow<Schemas['ComingUnit'], { kind: UnitKind }>;

export type ChargeRequest = Narrow<
  Schemas['Request'],
  { status: RequestStatus; urgency: Urgency; unit: ComingUnit | null; stage_at: Partial<Record<RequestStatus, Instant>> }
>;

export type PlaceKind = 'address' | 'street' | 'poi' | 'car_park' | 'charger' | 'district';
export type FoundPlace = Narrow<Schemas['FoundPlace'], { kind: PlaceKind }>;
export type CatalogueModel = Schemas['CatalogueModel'];
export type Catalogue = Schemas['CataloguePage'];
export type CarWish = Schemas['CarInputRequest'];
export type CarChange = Omit<CarWish, 'model'>;
