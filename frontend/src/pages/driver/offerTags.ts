import type { Offer } from '../../api/driverTypes';

export type OfferTag = { kind: 'soonest' } | { kind: 'cheapest' | 'less' | 'more'; differenceMinor: number };

/** What each offer has over the first: the soonest is named, the others say their difference in price. */
export function offerTags(offers: readonly Offer[]): OfferTag[] {
  const [first] = offers;
  if (!first) return [];
  const cheapest = Math.min(...offers.map((offer) => offer.price.total_minor));
  return offers.map((offer, index) => {
    if (index === 0) return { kind: 'soonest' };
    const differenceMinor = first.price.total_minor - offer.price.total_minor;
    if (differenceMinor < 0) return { kind: 'more', differenceMinor: -differenceMinor };
    return { kind: differenceMinor > 0 && offer.price.total_minor === cheapest ? 'cheapest' : 'less', differenceMinor };
  });
}
