import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, request } from '../api/client';
import type { ListOf, Schemas } from '../api/types';
import { tell } from './library';

export type SignInEntry = Schemas['SignInEntry'];

export interface Factor {
  type: 'totp' | 'webauthn' | 'recovery_codes';
  id?: number;
  name?: string;
  unused_code_count?: number;
}

const SIGN_INS = ['sign-ins'];
const FACTORS = ['factors'];
const ADDRESSES = ['addresses'];

export const useSignIns = () =>
  useQuery({ queryKey: SIGN_INS, queryFn: ({ signal }) => get<ListOf<SignInEntry>>('/auth/sign-ins', signal), select: ({ results }) => results });

/** Ends one sign-in, or all others when none is named. */
export function useEndSignIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string | null) => request<null>('DELETE', id === null ? '/auth/sign-ins' : `/auth/sign-ins/${id}`),
    onSettled: () => client.invalidateQueries(),
  });
}

export const useFactors = () =>
  useQuery({ queryKey: FACTORS, queryFn: async () => (await tell<Factor[]>('GET', 'authenticators')).data ?? [] });

export const useAddresses = () =>
  useQuery({ queryKey: ADDRESSES, queryFn: async () => (await tell<{ email: string; verified: boolean }[]>('GET', 'email')).data ?? [] });
