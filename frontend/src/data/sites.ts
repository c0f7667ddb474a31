import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { ListOf, Schemas } from '../api/types';

export type Site = Schemas['SiteView'];

/** The car parks that units may enter. */
export const useSites = () =>
  useQuery({ queryKey: ['sites'], queryFn: async ({ signal }) => (await get<ListOf<Site>>('/api/sites', signal)).results, staleTime: Infinity });
