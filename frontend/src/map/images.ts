import type { Map as MapLibreMap } from 'maplibre-gl';
import type { UnitKind, UnitState } from '../api/types';
import { carPin } from '../ui/marks/carPin';
import { readColours, type MarkColours } from '../ui/marks/colours';
import { REQUEST_REACH, requestMark, type RequestShape } from '../ui/marks/requestMark';
import { glyph, wrap } from '../ui/marks/svg';
import { UNIT_REACH, unitMark, type UnitMark } from '../ui/marks/unitMark';

const PIXEL_RATIO = 2;
const SOC_STEPS = 25;

/** The name of a unit's image says all that is drawn in it. */
export function unitImage(mark: UnitMark): string {
  const step = Math.round(Math.min(1, Math.max(0, mark.soc)) * SOC_STEPS);
  return ['unit', mark.kind, mark.state, mark.stale ? 'stale' : 'fresh', String(step)].join('|');
}

export const requestImage = (shape: RequestShape): string => `request|${shape}`;
export const HEADING_IMAGE = 'heading';
export const PIN_IMAGE = 'pin';
export const SELECTED_IMAGE = 'selected';
export const TAG_IMAGE = 'tag';
export const DEPOT_IMAGE = 'depot';

const PIN_REACH = 58;

interface Drawn {
  svg: string;
  /** CSS pixels. */
  size: number;
}

const drawn = (body: string, reach: number): Drawn => ({ svg: wrap(body, reach, reach * 2 * PIXEL_RATIO), size: reach * 2 });

function draw(id: string, colours: MarkColours): Drawn | null {
  const [family, first, second, third, fourth] = id.split('|');
  switch (family) {
    case 'unit': {
      const mark = {
        kind: (first ?? 'van') as UnitKind,
        state: (second ?? 'available') as UnitState,
        stale: third === 'stale',
        soc: Number(fourth) / SOC_STEPS,
      };
      return drawn(unitMark(mark, colours), UNIT_REACH);
    }
    case 'request':
      return drawn(requestMark((first ?? 'booked') as RequestShape, colours), REQUEST_REACH);
    case HEADING_IMAGE:
      return drawn(
        `<path d="M-7-17 0-28 7-17Z" fill="${colours.route}" stroke="${colours.casing}" stroke-width="1.5" stroke-linejoin="round"/>`,
        UNIT_REACH,
      );
    case PIN_IMAGE:
      return drawn(carPin(colours), PIN_REACH);
    case SELECTED_IMAGE:
      return drawn(`<circle r="26" fill="${colours.route}" fill-opacity=".14" stroke="${colours.ink}" stroke-width="2"/>`, 28);
    case DEPOT_IMAGE:
      return drawn(glyph('house', 'translate(-8 -8) scale(.67)', colours.ink), 9);
    case TAG_IMAGE:
      return drawn(`<rect x="-8" y="-8" width="16" height="16" rx="3" fill="${colours.surface}" stroke="${colours.line}"/>`, 9);
    default:
      return null;
  }
}

async function rasterise(image: Drawn): Promise<HTMLImageElement> {
  const element = new Image(image.size * PIXEL_RATIO, image.size * PIXEL_RATIO);
  element.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(image.svg)}`;
  await element.decode();
  return element;
}

/** Draws marks when the map first needs them, in the colours of the theme in force. */
export function drawImagesOnDemand(map: MapLibreMap): void {
  map.setMissingStyleImageResolver(async (id) => {
    const image = draw(id, readColours());
    if (!image) return;
    const element = await rasterise(image);
    if (map.hasImage(id)) return;
    const stretches =
      id === TAG_IMAGE ? { stretchX: [[12, 24]] as [number, number][], stretchY: [[12, 24]] as [number, number][], content: [8, 6, 28, 30] as [number, number, number, number] } : {};
    map.addImage(id, element, { pixelRatio: PIXEL_RATIO, ...stretches });
  });
}
