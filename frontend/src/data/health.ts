import { useQuery } from '@tanstack/react-query';

/** Whether the house says that all of it runs. */
export const useHealth = () =>
  useQuery({
    queryKey: ['health'],
    queryFn: async ({ signal }) => (await fetch('/readyz', { signal })).ok,
    refetchInterval: 10_000,
    retry: false,
  });
