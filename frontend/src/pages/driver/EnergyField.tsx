import type { Vehicle } from '../../api/driverTypes';
import { kwh } from '../../format/kwh';
import { percent } from '../../format/percent';
import { text } from '../../i18n/driver';
import { EnergyBar } from '../../ui/EnergyBar';
import { Segmented } from '../../ui/Segmented';
import { Stepper } from '../../ui/Stepper';
import { batteryKwh, rangeKm, stepShare, withSoc, withTarget, type Draft, type Measure } from './wish';

interface Props {
  draft: Draft;
  vehicle: Vehicle;
  onChange: (part: Partial<Draft>) => void;
}

const SOC_STEP = 0.01;
const SLOW_FROM = 0.8;
const measures: { value: Measure; text: string }[] = [
  { value: 'soc', text: '%' },
  { value: 'kwh', text: 'kWh' },
  { value: 'km', text: 'km' },
];

/** The three ways to say it; the first is the figure of this screen, the others stand beside it. */
function amounts(draft: Draft, vehicle: Vehicle): [figure: string, unit: string, beside: [string, string]] {
  const words = text.ask;
  const shares = words.nowTo(Math.round(draft.soc * 100), Math.round(draft.target * 100));
  const energy = kwh(batteryKwh(draft, vehicle));
  const range = words.range(rangeKm(draft, vehicle));
  switch (draft.measure) {
    case 'soc':
      return [shares, '%', [energy, range]];
    case 'kwh':
      return [energy, '', [`${shares} %`, range]];
    case 'km':
      return [words.rangeOnly(rangeKm(draft, vehicle)), '', [`${shares} %`, energy]];
  }
}

/** Now, and up to where: the one number of this screen. */
export function EnergyField({ draft, vehicle, onChange }: Props) {
  const words = text.ask;
  const step = stepShare(draft, vehicle);
  const [figure, unit, beside] = amounts(draft, vehicle);
  const setTarget = (target: number) => {
    onChange(withTarget(draft, target));
  };
  return (
    <div className="energy-field">
      <div className="spread baseline energy-head">
        <div className="energy-figure nowrap">
          {figure}
          {unit && <small> {unit}</small>}
        </div>
        <div className="energy-more nowrap">
          <b>{beside[0]}</b>
          {vehicle.km_per_kwh > 0 && <span className="small mute">{beside[1]}</span>}
        </div>
      </div>
      <EnergyBar
        have={draft.soc}
        want={draft.target}
        step={step}
        label={words.knob}
        valueText={`${percent(draft.target)}, ${kwh(batteryKwh(draft, vehicle))}, ${words.range(rangeKm(draft, vehicle))}`}
        onWant={setTarget}
      />
      <div className="spread">
        <p className="small mute">{draft.target > SLOW_FROM ? words.slow(percent(draft.target)) : words.usual}</p>
        <Segmented
          dense
          label={words.measure}
          value={draft.measure}
          onChange={(measure) => {
            onChange({ measure });
          }}
          options={measures}
        />
      </div>
      <div className="spread soc-now">
        <span>{words.socNow}</span>
        <Stepper
          label={words.socNow}
          text={percent(draft.soc)}
          words={words}
          onStep={(direction) => {
            onChange(withSoc(draft, draft.soc + direction * SOC_STEP));
          }}
        />
      </div>
    </div>
  );
}
