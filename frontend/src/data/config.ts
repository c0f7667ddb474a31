import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Config } from '../api/types';

export const useConfig = () =>
  useQuery({ queryKey: ['config'], queryFn: ({ signal }) => get<Config>('/api/config', signal), staleTime: Infinity });
