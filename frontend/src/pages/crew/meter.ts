/** A meter as typed, in kWh: comma or point, spaces between thousands; null for anything else. */
export function readMeter(typed: string): number | null {
  const figures = typed.replaceAll(/[\s\u00a0\u202f]/g, '').replace(',', '.');
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(figures)) return null;
  return Math.round(Number(figures) * 1000);
}
