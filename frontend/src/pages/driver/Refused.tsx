import type { Quote } from '../../api/driverTypes';
import { clockTime } from '../../format/clockTime';
import { kwh } from '../../format/kwh';
import { money } from '../../format/money';
import { timeRange } from '../../format/timeRange';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Icon } from '../../ui/Icon';
import { Note } from '../../ui/Note';

interface Props {
  quote: Quote;
  place: number;
  zone: string;
  onPlace: (place: number) => void;
}

/** What can I do now? Never a bare no: what works comes right below why. */
export function Refused({ quote, place, zone, onPlace }: Props) {
  const words = text.refusal;
  const alternatives = quote.alternatives ?? [];
  const { refusal } = quote;
  return (
    <>
      <h1>{alternatives.length > 0 ? words.title : words.none}</h1>
      <div className="offers-part refused">
        {refusal && (
          <Note icon={refusal.code === 'height_or_weight' ? 'height' : 'clock'}>
            <b>{common.codes[refusal.code] ?? refusal.code}.</b> {refusal.detail}
          </Note>
        )}
        {alternatives.length > 0 ? <h3>{words.works}</h3> : <p>{words.nothing}</p>}
      </div>
      <div className="offer-list" role="radiogroup" aria-label={words.works}>
        {alternatives.map((one, index) => (
          <button
            key={one.id}
            type="button"
            role="radio"
            aria-checked={index === place}
            className="offer-card alternative"
            onClick={() => {
              onPlace(index);
            }}
          >
            <span className="kind-disc">
              <Icon name={one.unit.kind} size={26} />
            </span>
            <span className="grow">
              <b>{[one.relaxes && words.relaxes[one.relaxes], timeRange(one.arrival_p50, one.arrival_p90, zone)].filter(Boolean).join(', ')}</b>
              <span className="small mute">{`${one.text} ${kwh(one.energy_kwh)}. ${words.readyBy(clockTime(one.ready_p90, zone))}`}</span>
            </span>
            <b className="nowrap">{money(one.price.total_minor, one.price.currency)}</b>
          </button>
        ))}
      </div>
      {refusal && refusal.per_unit.length > 0 && (
        <details className="offers-part why">
          <summary>
            {words.why}
            <Icon name="next" />
          </summary>
          <ul>
            {refusal.per_unit.map((row) => (
              <li key={row.unit.id}>
                <b>{row.unit.name}</b>
                <span>{common.codes[row.code] ?? row.code}</span>
                <span className="mute">{row.detail}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
