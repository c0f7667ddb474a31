import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { SystemBoard } from '../api/opsTypes';

const LOOK_MS = 5000;

/** How the house does; asked for while somebody looks. */
export const useSystem = () =>
  useQuery({
    queryKey: ['system'],
    queryFn: ({ signal }) => get<SystemBoard>('/api/ops/system', signal),
    refetchInterval: LOOK_MS,
  });
