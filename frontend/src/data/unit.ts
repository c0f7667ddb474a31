import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { UnitDetail } from '../api/opsTypes';

/** One unit with the ways of its stops; `version` grows with the plan, so that the ways follow it. */
export const useUnit = (id: string | null, version: string) =>
  useQuery({
    queryKey: ['unit', id, version],
    queryFn: ({ signal }) => get<UnitDetail>(`/api/ops/units/${id ?? ''}`, signal),
    enabled: id !== null,
    staleTime: 30_000,
    placeholderData: (before) => (before?.id === id ? before : undefined),
  });
