import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, request } from '../api/client';
import type { CarChange, CarWish, Catalogue, Vehicle } from '../api/driverTypes';
import type { ListOf } from '../api/types';

const KEY = ['vehicles'];

export const useVehicles = () =>
  useQuery({ queryKey: KEY, queryFn: async ({ signal }) => (await get<ListOf<Vehicle>>('/api/driver/vehicles', signal)).results });

/** Common electric cars by any words of their make and model. */
export const useCatalogue = (q: string) =>
  useQuery({
    queryKey: ['catalogue', q],
    queryFn: async ({ signal }) => (await get<Catalogue>(`/api/driver/catalogue?${new URLSearchParams({ q }).toString()}`, signal)).results,
    staleTime: Infinity,
    placeholderData: (before) => before,
  });

/** Every change of my cars ends in a fresh list of them. */
function useCarMutation<In, Out>(change: (input: In) => Promise<Out>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: KEY }) });
}

export const useAddCar = () => useCarMutation((car: CarWish) => post<Vehicle>('/api/driver/vehicles', car));

export const useChangeCar = () =>
  useCarMutation(({ id, ...body }: CarChange & { id: string }) => request<Vehicle>('PATCH', `/api/driver/vehicles/${id}`, { body }));

export const useRemoveCar = () => useCarMutation((id: string) => request<null>('DELETE', `/api/driver/vehicles/${id}`));
