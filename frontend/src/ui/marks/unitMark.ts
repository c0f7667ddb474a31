import type { UnitKind, UnitState } from '../../api/types';
import type { MarkColours } from './colours';
import { glyph } from './svg';

export interface UnitMark {
  kind: UnitKind;
  state: UnitState;
  stale: boolean;
  /** 0..1 */
  soc: number;
}

/** Reach of the whole mark from its middle, with the outer ring and badges. */
export const UNIT_REACH = 30;

const VOLT = '#d2f03c';
const LOW = '#ffb73d';
const LOW_SOC = 0.2;
const RING = 14.6;

function arc(soc: number): string {
  const share = Math.min(0.9999, Math.max(0, soc));
  const angle = share * 2 * Math.PI;
  const [x, y] = [RING * Math.sin(angle), -RING * Math.cos(angle)];
  return `M0 ${String(-RING)}A${String(RING)} ${String(RING)} 0 ${share > 0.5 ? '1' : '0'} 1 ${x.toFixed(2)} ${y.toFixed(2)}`;
}

function ring(mark: UnitMark, colours: MarkColours): string {
  const colour = mark.stale ? colours.ink : mark.soc < LOW_SOC ? LOW : VOLT;
  const dash = mark.stale ? '3 2.6' : mark.state === 'recharging' ? '2.4 1.8' : '';
  const track = mark.stale ? '' : `<circle r="${String(RING)}" fill="none" stroke="#fff" stroke-opacity=".2" stroke-width="3.2"/>`;
  return `${track}<path d="${arc(mark.soc)}" fill="none" stroke="${colour}" stroke-width="3.2" stroke-dasharray="${dash || 'none'}"/>`;
}

function badge(fill: string, edge: string, inside: string): string {
  return `<g transform="translate(8 -21)"><rect width="15" height="15" rx="3" fill="${fill}" stroke="${edge}" stroke-width="1.2"/>${inside}</g>`;
}

function attachment(mark: UnitMark, colours: MarkColours): string {
  switch (mark.state) {
    case 'recharging':
      return badge(VOLT, colours.disc, glyph('plug', 'translate(1.5 1.5) scale(.5)', '#12201b'));
    case 'on_break':
      return badge(colours.surface, colours.ink, `<path d="M5 4.5v6M10 4.5v6" stroke="${colours.ink}" stroke-width="2"/>`);
    case 'out_of_service':
      return badge(
        colours.alert,
        colours.casing,
        `<path d="M4.5 4.5l6 6m0-6l-6 6" stroke="${colours.onAlert}" stroke-width="2" stroke-linecap="round"/>`,
      );
    default:
      return '';
  }
}

function flow(mark: UnitMark, colours: MarkColours): string {
  if (mark.state !== 'delivering') return '';
  const around = (stroke: string, width: string) => `<circle r="22.5" fill="none" stroke="${stroke}" stroke-width="${width}"/>`;
  return around(colours.disc, '5') + around(VOLT, '2.4');
}

/** Ink disc, pack ring, glyph of the kind; the state is an attachment, never a recolour. */
export function unitMark(mark: UnitMark, colours: MarkColours): string {
  const disc = mark.stale ? colours.hush : colours.disc;
  const ink = mark.stale ? colours.ink : '#fff';
  return (
    flow(mark, colours) +
    `<circle r="18" fill="${disc}" stroke="${colours.casing}" stroke-width="1.5"/>` +
    ring(mark, colours) +
    glyph(mark.kind, 'translate(-9.5 -9.5) scale(.79)', ink) +
    attachment(mark, colours)
  );
}
