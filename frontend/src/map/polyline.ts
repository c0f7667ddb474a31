import type { LatLon } from '../api/types';

const PRECISION = 1e6;

/** Decodes an encoded polyline of six decimals; a broken tail is dropped. */
export function decodePolyline(encoded: string): LatLon[] {
  const points: LatLon[] = [];
  let [index, lat, lon] = [0, 0, 0];

  const next = (): number | null => {
    let [result, shift] = [0, 0];
    for (;;) {
      if (index >= encoded.length) return null;
      const chunk = encoded.charCodeAt(index++) - 63;
      result |= (chunk & 0x1f) << shift;
      shift += 5;
      if (chunk < 0x20) break;
    }
    return result & 1 ? ~(result >> 1) : result >> 1;
  };

  while (index < encoded.length) {
    const [dLat, dLon] = [next(), next()];
    if (dLat === null || dLon === null) break;
    lat += dLat;
    lon += dLon;
    points.push({ lat: lat / PRECISION, lon: lon / PRECISION });
  }
  return points;
}
