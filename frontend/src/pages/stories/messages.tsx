import { Chip, type ChipLook } from '../../ui/Chip';
import { Kv } from '../../ui/Kv';
import { Note } from '../../ui/Note';
import { Skeleton } from '../../ui/Skeleton';
import { StageBar } from '../../ui/StageBar';
import { Stat } from '../../ui/Stat';
import type { Story } from './Stories';

const chips: readonly ChipLook[] = ['plain', 'volt', 'planned', 'route', 'amber', 'alert', 'ok', 'ink', 'line'];
const stages = ['Booked', 'On the way', 'At your car', 'Charging', 'Done'];

export const messageStories: readonly Story[] = [
  {
    name: 'Note',
    draw: () => (
      <div className="wide">
        <Note>Level −2 is 1.95 m high, our vans 2.60 m.</Note>
        <Note look="amber">
          <b>4 min later than promised.</b> The way there takes longer than planned.
        </Note>
        <Note look="alert">Offers did not arrive. Nothing was booked.</Note>
        <Note look="volt">Energy flows.</Note>
        <Note look="ok">Charged and unplugged.</Note>
      </div>
    ),
  },
  {
    name: 'Chip',
    draw: () => (
      <div className="flow">
        {chips.map((look) => (
          <Chip key={look} look={look}>
            {look}
          </Chip>
        ))}
      </div>
    ),
  },
  {
    name: 'StageBar',
    draw: () => (
      <div className="wide">
        <StageBar stages={stages} now={0} progress={0.35} energy={false} />
        <StageBar stages={stages} now={1} progress={0.6} energy={false} />
        <StageBar stages={stages} now={3} progress={0.5} energy />
        <StageBar stages={stages} now={5} progress={1} energy={false} />
      </div>
    ),
  },
  {
    name: 'Kv',
    draw: () => (
      <div className="wide">
        <Kv
          rows={[
            ['Call-out', '€ 9.00'],
            ['Energy, 32.1 kWh', '€ 19.90'],
            ['VAT 20 %', '€ 5.78'],
          ]}
          total={['Total', '€ 34.68']}
        />
      </div>
    ),
  },
  {
    name: 'Stat',
    draw: () => (
      <div className="flow">
        <Stat label="Power" value="58.6" unit="kW" />
        <Stat label="Delivered" value="14.6" unit="kWh" />
      </div>
    ),
  },
  {
    name: 'Skeleton',
    draw: () => (
      <div className="wide">
        <Skeleton lines={3} sentence="Asking every unit…" />
      </div>
    ),
  },
];
