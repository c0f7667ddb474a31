import type { MarkColours } from './colours';
import { glyph } from './svg';

/** A pin whose point is at (0, 0). */
export function carPin(colours: MarkColours): string {
  return (
    '<ellipse cy="1" rx="9" ry="3.5" fill="#000" opacity=".22"/>' +
    `<path d="M0 0C-4-10-20-17-20-33a20 20 0 0 1 40 0C20-17 4-10 0 0z" fill="${colours.surface}" stroke="${colours.ink}" stroke-width="2.4"/>` +
    glyph('car', 'translate(-13 -46.5) scale(1.08)', colours.ink)
  );
}
