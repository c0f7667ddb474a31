import type { StyleSpecification } from 'maplibre-gl';
import dark from './styles/dark.json';
import light from './styles/light.json';

/** The parts of a style file that this page sets; the rest is MapLibre's to read. */
interface StyleFile {
  version: number;
  layers: unknown[];
}

const files: Record<'light' | 'dark', StyleFile> = { light, dark };

const isStyle = (file: unknown): file is StyleSpecification =>
  typeof file === 'object' && file !== null && 'version' in file && file.version === 8 && 'layers' in file;

/** The style of a theme over the city's own tiles. */
export function buildStyle(theme: 'light' | 'dark', basemapUrl: string): StyleSpecification {
  const style: unknown = {
    ...files[theme],
    sources: {
      b: {
        type: 'vector',
        url: `pmtiles://${new URL(basemapUrl, location.href).href}`,
        attribution: '© OpenStreetMap contributors',
      },
    },
  };
  if (!isStyle(style)) throw new Error(`the ${theme} map style is not of version 8`);
  return style;
}
