import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { FoundPlace } from '../api/driverTypes';
import type { LatLon, ListOf } from '../api/types';

const SHORTEST = 2;

/** Addresses, streets, car parks and points of interest by their names, near ones first. */
export const usePlaces = (typed: string, near: LatLon) => {
  const q = typed.trim();
  return useQuery({
    queryKey: ['places', q],
    queryFn: async ({ signal }) => {
      const asked = new URLSearchParams({ q, lat: near.lat.toFixed(5), lon: near.lon.toFixed(5) });
      return (await get<ListOf<FoundPlace>>(`/api/places?${asked.toString()}`, signal)).results;
    },
    enabled: q.length >= SHORTEST,
    staleTime: Infinity,
    // What was found stays until the next answer is here.
    placeholderData: (before) => (q.length >= SHORTEST ? before : undefined),
  });
};
