import type { CrewDay } from '../api/crewTypes';
import { isFields } from './records';
import type { StreamRules } from './stream';

type DayChange = Partial<Pick<CrewDay, 'stops' | 'unit' | 'shift'>>;
interface DayLive {
  soc?: Record<string, { soc: number; energy_kwh: number }>;
}

const isDay = (data: unknown): data is CrewDay => isFields(data) && Array.isArray(data['stops']);
const isChange = (data: unknown): data is DayChange => isFields(data);
const isLive = (data: unknown): data is DayLive => isFields(data);

/** Parts of the day come whole and replace what was there. */
export const dayRules: StreamRules<CrewDay> = {
  snapshot: (frame) => (isDay(frame.data) ? { ...frame.data, seq: frame.seq } : null),
  durable: (day, frame) => {
    const parts: DayChange = isChange(frame.data) ? frame.data : {};
    return {
      ...day,
      seq: frame.seq,
      stops: parts.stops ?? day.stops,
      unit: parts.unit === undefined ? day.unit : parts.unit,
      shift: parts.shift === undefined ? day.shift : parts.shift,
    };
  },
  live: (day, frame) => {
    const level = day.unit && isLive(frame.data) ? frame.data.soc?.[day.unit.id] : undefined;
    if (!level || !day.unit) return day;
    return { ...day, unit: { ...day.unit, soc: level.soc, energy_kwh: level.energy_kwh } };
  },
};
