import type { Offer, Quote, Refusal } from '../../api/driverTypes';
import { clockTime } from '../../format/clockTime';
import { kwh } from '../../format/kwh';
import { money } from '../../format/money';
import { percent } from '../../format/percent';
import { timeRange } from '../../format/timeRange';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { missSentence } from '../../i18n/miss';
import { Button } from '../../ui/Button';
import { Icon } from '../../ui/Icon';
import { Note } from '../../ui/Note';
import { UnitReasons } from './UnitReasons';

/** The reason of the unit that came closest, in the driver's language. */
function reasonOf(refusal: Refusal): string {
  const { closest } = refusal;
  const why = closest && missSentence(closest);
  return closest && why ? text.refusal.closest(`${common.kinds[closest.unit.kind]} ${closest.unit.name}`, why) : refusal.detail;
}

function Alternative({ offer, zone, onPick }: { offer: Offer; zone: string; onPick: () => void }) {
  const words = text.refusal;
  const gives = offer.relaxes === 'less_energy' ? words.less(kwh(offer.energy_kwh), percent(offer.soc_after)) : (words.relaxes[offer.relaxes] ?? '');
  return (
    <li>
      <button type="button" className="offer-card alternative" onClick={onPick}>
        <span className="kind-disc">
          <Icon name={offer.unit.kind} size={26} />
        </span>
        <span className="grow">
          <b>{`${common.kinds[offer.unit.kind]}, ${timeRange(offer.arrival_p50, offer.arrival_p90, zone)}`}</b>
          <span className="small mute">{`${gives} ${words.readyBy(clockTime(offer.ready_p90, zone))}`}</span>
        </span>
        <b className="nowrap">{money(offer.price.total_minor, offer.price.currency)}</b>
        <Icon name="next" />
      </button>
    </li>
  );
}

interface Props {
  quote: Quote;
  /** The time that was asked for, if one was. */
  askedFor: string | null;
  zone: string;
  onPick: (index: number) => void;
  onChange: () => void;
}

/** What can I do now? Never a bare no: what works comes right below why, each a tap from being booked. */
export function Refused({ quote, askedFor, zone, onPick, onChange }: Props) {
  const words = text.refusal;
  const { refusal, alternatives } = quote;
  const close = askedFor ? words.titleAt(clockTime(askedFor, zone)) : words.title;
  return (
    <>
      <h1>{alternatives.length > 0 ? close : words.none}</h1>
      <div className="offers-part refused">
        {refusal && (
          <Note icon={refusal.code === 'height_or_weight' ? 'height' : 'clock'}>
            <b>{common.codes[refusal.code] ?? refusal.code}.</b> {reasonOf(refusal)}
          </Note>
        )}
        {alternatives.length > 0 ? <h2 className="sub">{words.works}</h2> : <p>{words.nothing}</p>}
      </div>
      <ul className="offer-list alternatives">
        {alternatives.map((offer, index) => (
          <Alternative
            key={offer.id}
            offer={offer}
            zone={zone}
            onPick={() => {
              onPick(index);
            }}
          />
        ))}
      </ul>
      {refusal && <UnitReasons rows={refusal.per_unit} />}
      <div className="offers-part refused-end">
        <Button look="second" size="small" onClick={onChange}>
          {words.change}
        </Button>
      </div>
    </>
  );
}
