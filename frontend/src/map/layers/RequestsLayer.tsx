import { useMemo } from 'react';
import type { LatLon } from '../../api/types';
import type { RequestShape } from '../../ui/marks/requestMark';
import { requestImage, SELECTED_IMAGE } from '../images';
import { collection, pointFeature } from '../point';
import { useLayers } from '../useLayers';
import { usePick } from '../usePick';

export interface RequestOnMap {
  id: string;
  shape: RequestShape;
  location: LatLon;
}

const worstLast: RequestShape[] = ['done', 'flexible', 'booked', 'at_risk', 'not_served', 'stranded'];
const always = { 'icon-allow-overlap': true, 'icon-ignore-placement': false } as const;

interface Props {
  requests: readonly RequestOnMap[];
  selected: string | null;
  onSelect?: (id: string) => void;
}

/** Requests are light where units are dark; the worst lie on top. */
export function RequestsLayer({ requests, selected, onSelect }: Props) {
  const data = useMemo(
    () =>
      collection(
        requests.map((request) =>
          pointFeature(request.location, {
            id: request.id,
            image: requestImage(request.shape),
            order: worstLast.indexOf(request.shape),
            selected: request.id === selected,
          }),
        ),
      ),
    [requests, selected],
  );
  useLayers(
    'requests',
    [
      { id: 'request-selected', type: 'symbol', filter: ['get', 'selected'], layout: { 'icon-image': SELECTED_IMAGE, 'icon-size': 0.62, ...always } },
      { id: 'request-mark', type: 'symbol', layout: { 'icon-image': ['get', 'image'], 'icon-size': 0.95, 'symbol-sort-key': ['get', 'order'], ...always } },
    ],
    data,
  );
  usePick('request-mark', onSelect);
  return null;
}
