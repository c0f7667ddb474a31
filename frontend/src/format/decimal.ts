import { locale } from '../i18n/language';

const formats = new Map<string, Intl.NumberFormat>();

/** A number with fixed decimals as the language writes it: 32.2 or 32,2. Thousands are not parted: figures must stand still. */
export function decimal(value: number, decimals: number): string {
  const key = `${locale()} ${String(decimals)}`;
  const known = formats.get(key);
  const format =
    known ?? new Intl.NumberFormat(locale(), { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: false });
  if (!known) formats.set(key, format);
  return format.format(value).replace('-', '−');
}
