import { iconShapes, type IconName, type Shape } from '../icons/shapes';

/** One glyph as SVG text, placed and coloured. */
export function glyph(name: IconName, place: string, colour: string): string {
  const shape: Shape = iconShapes[name];
  const fills = (shape.fill ?? []).map((d) => `<path d="${d}" fill="${colour}" fill-rule="evenodd"/>`);
  const strokes = (shape.stroke ?? []).map(
    ([d, width]) =>
      `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${String(width)}" stroke-linecap="round" stroke-linejoin="round"/>`,
  );
  return `<g transform="${place}">${fills.join('')}${strokes.join('')}</g>`;
}

/** A mark drawn around (0, 0) as a whole image of `size` pixels. */
export function wrap(body: string, reach: number, size: number = reach * 2): string {
  const box = `${String(-reach)} ${String(-reach)} ${String(reach * 2)} ${String(reach * 2)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${String(size)}" height="${String(size)}" viewBox="${box}">${body}</svg>`;
}
