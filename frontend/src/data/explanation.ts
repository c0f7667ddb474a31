import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Explanation } from '../api/opsTypes';

/** Why a request is served by whom it is, or by nobody; as of the plan of this version. */
export const useExplanation = (request: string, version: number) =>
  useQuery({
    queryKey: ['explanation', request, version],
    queryFn: ({ signal }) => get<Explanation>(`/api/ops/requests/${request}/explanation`, signal),
    placeholderData: (before) => (before?.request === request ? before : undefined),
  });
