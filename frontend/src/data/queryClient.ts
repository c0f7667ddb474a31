import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from '../api/problem';

const TRIES = 2;

/** What was refused is not asked again; what got lost is. */
function mayRetry(failures: number, error: unknown): boolean {
  const refused = error instanceof ProblemError && error.problem.status >= 400 && error.problem.status < 500;
  return !refused && failures < TRIES;
}

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: { queries: { retry: mayRetry, staleTime: 30_000, refetchOnWindowFocus: false }, mutations: { retry: false } },
  });
}
