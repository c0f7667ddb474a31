import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post } from '../api/client';
import type { ChargeRequest } from '../api/driverTypes';
import type { ListOf, RequestStatus } from '../api/types';

const over: RequestStatus[] = ['completed', 'cancelled', 'no_show', 'unserviceable', 'failed'];

export const isOver = (status: RequestStatus): boolean => over.includes(status);

/** The driver's requests, newest first. */
export const useRequests = () =>
  useQuery({
    queryKey: ['requests'],
    queryFn: async ({ signal }) => (await get<ListOf<ChargeRequest>>('/api/driver/requests', signal)).results,
  });

/** Accepts an offer. The key belongs to the offer: a second tap is the same wish. */
export function useAccept() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (offer: string) => post<ChargeRequest>('/api/driver/requests', { offer }, `accept-${offer}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['requests'] }),
  });
}

export function useCancel(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => post<ChargeRequest>(`/api/driver/requests/${id}/cancel`, {}, `cancel-${id}`),
    onSuccess: () => client.invalidateQueries({ queryKey: ['requests'] }),
  });
}
