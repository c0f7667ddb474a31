import type { Offer } from '../../api/driverTypes';
import { clockTime } from '../../format/clockTime';
import { kw } from '../../format/kw';
import { money } from '../../format/money';
import { timeRange } from '../../format/timeRange';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Chip } from '../../ui/Chip';
import { Icon } from '../../ui/Icon';
import { radioKeys, radioTab } from '../../ui/radioKeys';
import { offerTags, type OfferTag } from './offerTags';

function Tag({ tag, currency }: { tag: OfferTag; currency: string }) {
  const words = text.offers;
  switch (tag.kind) {
    case 'soonest':
      return <Chip look="ink">{words.soonest}</Chip>;
    case 'cheapest':
      return <Chip look="line">{words.cheapest(money(tag.differenceMinor, currency))}</Chip>;
    case 'more':
      return <Chip>{words.more(money(tag.differenceMinor, currency))}</Chip>;
    case 'less':
      return <Chip>{tag.differenceMinor > 0 ? words.less(money(tag.differenceMinor, currency)) : words.later}</Chip>;
  }
}

interface Props {
  offers: readonly Offer[];
  place: number;
  renewed: boolean;
  zone: string;
  onPlace: (place: number) => void;
}

export function OfferList({ offers, place, renewed, zone, onPlace }: Props) {
  // What is alone has nothing to be compared with.
  const tags = offers.length > 1 ? offerTags(offers) : [];
  return (
    <div className="offer-list" role="radiogroup" aria-label={text.offers.title(offers.length)} onKeyDown={radioKeys}>
      {offers.map((offer, index) => {
        const tag = tags[index];
        return (
          <button
            key={offer.id}
            type="button"
            role="radio"
            aria-checked={index === place}
            tabIndex={radioTab(index, place)}
            className="offer-card"
            onClick={() => {
              onPlace(index);
            }}
          >
            <span className="spread">
              <span className="row">
                {tag && <Tag tag={tag} currency={offer.price.currency} />}
                {renewed && index === place && <Chip look="ok">{text.offers.renewed}</Chip>}
              </span>
              <span className="row mute offer-unit">
                <Icon name={offer.unit.kind} size={22} />
                {`${common.kinds[offer.unit.kind]}, ${kw(offer.unit.power_kw)}`}
              </span>
            </span>
            <span className="spread baseline">
              <b className="offer-range">{timeRange(offer.arrival_p50, offer.arrival_p90, zone)}</b>
              <b className="offer-price nowrap">{money(offer.price.total_minor, offer.price.currency)}</b>
            </span>
            <span className="spread small mute">
              <span>
                {text.offers.ready} <b>{clockTime(offer.ready_p90, zone)}</b>
              </span>
              {offer.price.lines.some((line) => line.tax_minor > 0) && <span>{text.offers.vat}</span>}
            </span>
          </button>
        );
      })}
    </div>
  );
}
