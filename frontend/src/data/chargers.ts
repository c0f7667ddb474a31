import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../api/client';
import type { ChargerCommand, ChargerDetail, ChargerView } from '../api/opsTypes';

/** Frames and commands are no part of the board's stream: they are asked for while somebody looks. */
const LIST_MS = 5000;
const ONE_MS = 2000;

export const useChargers = () =>
  useQuery({
    queryKey: ['chargers'],
    queryFn: ({ signal }) => get<{ results: ChargerView[] }>('/api/ops/chargers', signal),
    select: ({ results }) => results,
    refetchInterval: LIST_MS,
  });

export const useCharger = (id: string) =>
  useQuery({
    queryKey: ['charger', id],
    queryFn: ({ signal }) => get<ChargerDetail>(`/api/ops/chargers/${id}`, signal),
    refetchInterval: ONE_MS,
  });

export type ChargerOrder = { verb: string; why: string } & Record<string, unknown>;

/** Tells a charger something; what became of it is read with the charger. */
export function useChargerOrder(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (order: ChargerOrder) => post<ChargerCommand>(`/api/ops/chargers/${id}/commands`, order),
    onSettled: () => client.invalidateQueries({ queryKey: ['charger', id] }),
  });
}
