import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, request } from '../api/client';
import { ProblemError } from '../api/problem';
import type { Me } from '../api/types';

const KEY = ['me'];
const nobody: Me = { person: null, roles: [], second_factor: 'off' };

async function loadMe(signal: AbortSignal): Promise<Me> {
  try {
    return await get<Me>('/api/me', signal);
  } catch (error) {
    // Signed out is an answer, not a fault.
    if (error instanceof ProblemError && [401, 403].includes(error.problem.status)) return nobody;
    throw error;
  }
}

export const useMe = () => useQuery({ queryKey: KEY, queryFn: ({ signal }) => loadMe(signal), staleTime: 60_000 });

/** The password of the demo accounts, which exist only where the demo runs. */
const DEMO_PASSWORD = 'voltrun-demo';

export function useSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (account: { email: string; password?: string }) =>
      post<Me>('/api/auth/session', { email: account.email, password: account.password ?? DEMO_PASSWORD }),
    onSuccess: async () => {
      await client.resetQueries({ predicate: (query) => query.queryKey[0] !== 'config' });
    },
  });
}

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => request<null>('DELETE', '/api/auth/session'),
    onSuccess: async () => {
      await client.resetQueries({ predicate: (query) => query.queryKey[0] !== 'config' });
    },
  });
}
