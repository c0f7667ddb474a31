import { useQuery } from '@tanstack/react-query';
import { get } from '../api/client';
import type { Vehicle } from '../api/driverTypes';
import type { ListOf } from '../api/types';

export const useVehicles = () =>
  useQuery({ queryKey: ['vehicles'], queryFn: async ({ signal }) => (await get<ListOf<Vehicle>>('/api/driver/vehicles', signal)).results });
