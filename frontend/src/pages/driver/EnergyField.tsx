import type { Vehicle } from '../../api/driverTypes';
import { kwh } from '../../format/kwh';
import { percent } from '../../format/percent';
import { text } from '../../i18n/driver';
import { EnergyBar } from '../../ui/EnergyBar';
import { Icon } from '../../ui/Icon';
import { batteryKwh, type Draft } from './wish';

interface Props {
  draft: Draft;
  vehicle: Vehicle;
  onChange: (part: Partial<Draft>) => void;
}

const STEP = 0.01;
const SLOW_FROM = 0.8;
const rounded = (share: number) => Math.round(share * 100) / 100;

/** Now, and up to where: the one number of this screen. */
export function EnergyField({ draft, vehicle, onChange }: Props) {
  const words = text.ask;
  const setSoc = (soc: number) => {
    const next = rounded(Math.min(0.98, Math.max(0, soc)));
    onChange({ soc: next, target: Math.max(draft.target, rounded(next + STEP)) });
  };
  const [now, target] = [Math.round(draft.soc * 100), Math.round(draft.target * 100)];
  return (
    <div className="energy-field">
      <div className="spread baseline">
        <div className="energy-figure nowrap">
          {words.nowTo(now, target)}
          <small> %</small>
        </div>
        <div className="energy-more nowrap">
          <b>{kwh(batteryKwh(draft, vehicle))}</b>
          {vehicle.km_per_kwh > 0 && <span className="small mute">{words.range(Math.round(batteryKwh(draft, vehicle) * vehicle.km_per_kwh))}</span>}
        </div>
      </div>
      <EnergyBar
        have={draft.soc}
        want={draft.target}
        label={words.knob}
        valueText={percent(draft.target)}
        onWant={(next) => {
          onChange({ target: next });
        }}
      />
      <div className="spread soc-now">
        <span className="small mute">{draft.target > SLOW_FROM ? words.slow(percent(draft.target)) : words.usual}</span>
      </div>
      <div className="spread soc-now">
        <span>{words.socNow}</span>
        <span className="row stepper">
          <button type="button" aria-label={words.less} onClick={() => { setSoc(draft.soc - STEP); }}>
            <Icon name="minus" />
          </button>
          <b aria-live="polite">{percent(draft.soc)}</b>
          <button type="button" aria-label={words.more} onClick={() => { setSoc(draft.soc + STEP); }}>
            <Icon name="plus" />
          </button>
        </span>
      </div>
    </div>
  );
}
