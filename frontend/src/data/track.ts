import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';

/** The way the unit drives to the car; asked again now and then, for a way can change. */
export const useTrack = (id: string, enRoute: boolean) =>
  useQuery({
    queryKey: ['track', id],
    queryFn: async ({ signal }) => (await get<{ leg: string | null }>(`/api/driver/requests/${id}/track`, signal)).leg,
    enabled: enRoute,
    staleTime: 20_000,
    refetchInterval: 20_000,
  });
