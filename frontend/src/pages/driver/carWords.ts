import { kw } from '../../format/kw';
import { kwh } from '../../format/kwh';
import { common } from '../../i18n/common';

interface Told {
  usable_kwh: number;
  connectors: readonly string[];
}

const battery = (value: number): string => kwh(value, Number.isInteger(value) ? 0 : 1);
const inlets = (codes: readonly string[]): string => codes.map((code) => common.connectors[code] ?? code).join(', ');

/** What matters of a car: 52 kWh · CCS · 7Q41. */
export const aboutCar = (car: Told & { plate: string }): string =>
  [battery(car.usable_kwh), inlets(car.connectors), car.plate].filter(Boolean).join(' · ');

/** What matters of a model: 52 kWh · 100 kW · CCS. */
export const aboutModel = (model: Told & { max_dc_kw: number; max_ac_kw: number }): string =>
  [battery(model.usable_kwh), kw(model.max_dc_kw || model.max_ac_kw), inlets(model.connectors)].join(' · ');
