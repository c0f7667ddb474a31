import type { CrewDay } from '../api/crewTypes';
import { isFields } from './records';
import type { StreamRules } from './stream';

type DayChange = Partial<Pick<CrewDay, 'stops' | 'unit' | 'shift'>>;
interface DayLive {
  soc?: Record<string, { soc: number; energy_kwh: number }>;
  power?: Record<string, NonNullable<NonNullable<CrewDay['unit']>['charge']>>;
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
    if (!day.unit || !isLive(frame.data)) return day;
    const level = frame.data.soc?.[day.unit.id];
    const flow = day.unit.charge && frame.data.power?.[day.unit.id];
    if (!level && !flow) return day;
    const filled = level ? { soc: level.soc, energy_kwh: level.energy_kwh } : {};
    return { ...day, unit: { ...day.unit, ...filled, ...(flow ? { charge: flow } : {}) } };
  },
};
