import type { Price } from '../../api/driverTypes';
import { kwh } from '../../format/kwh';
import { money } from '../../format/money';
import { percent } from '../../format/percent';
import { text } from '../../i18n/driver';
import { Kv } from '../../ui/Kv';

/** The price line by line, tax last; the house's own words for a line this page does not know. */
export function priceRows(price: Price, energyKwh: number): [string, string][] {
  const net = price.lines.reduce((sum, line) => sum + line.net_minor, 0);
  const tax = price.lines.reduce((sum, line) => sum + line.tax_minor, 0);
  const nameOf = (code: string, given: string) => text.offers.priceLines[code]?.(kwh(energyKwh)) ?? given;
  const rows = price.lines.map((line): [string, string] => [nameOf(line.code, line.text), money(line.net_minor, price.currency)]);
  if (tax === 0 || net === 0) return rows;
  return [...rows, [`${text.offers.tax} ${percent(tax / net)}`, money(tax, price.currency)]];
}

interface Props {
  price: Price;
  energyKwh: number;
  title: string;
}

export function PriceLines({ price, energyKwh, title }: Props) {
  return (
    <section className="offers-part price-lines">
      <h2 className="sub">{title}</h2>
      <Kv rows={priceRows(price, energyKwh)} total={[text.offers.total, money(price.total_minor, price.currency)]} />
    </section>
  );
}
