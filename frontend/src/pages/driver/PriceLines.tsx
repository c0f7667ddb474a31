import type { Price } from '../../api/driverTypes';
import { money } from '../../format/money';
import { percent } from '../../format/percent';
import { text } from '../../i18n/driver';
import { Kv } from '../../ui/Kv';

/** The price line by line, tax last. */
export function priceRows(price: Price): [string, string][] {
  const net = price.lines.reduce((sum, line) => sum + line.net_minor, 0);
  const tax = price.lines.reduce((sum, line) => sum + line.tax_minor, 0);
  const rows = price.lines.map((line): [string, string] => [line.text, money(line.net_minor, price.currency)]);
  if (tax === 0 || net === 0) return rows;
  return [...rows, [`${text.offers.tax} ${percent(tax / net)}`, money(tax, price.currency)]];
}

export function PriceLines({ price, title }: { price: Price; title: string }) {
  return (
    <section className="offers-part price-lines">
      <h3>{title}</h3>
      <Kv rows={priceRows(price)} total={[text.offers.total, money(price.total_minor, price.currency)]} />
    </section>
  );
}
