import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { get, post, request } from '../api/client';
import type { ListOf, Role, Schemas } from '../api/types';

export type StaffRole = Exclude<Role, 'driver'>;

const KEY = 'people';

const useList = <T>(name: string) =>
  useQuery({ queryKey: [KEY, name], queryFn: ({ signal }) => get<T>(`/api/ops/${name}`, signal) });

export const usePeople = () => useList<Schemas['StaffPage']>('people');
export const useInvitations = () => useList<ListOf<Schemas['InvitationView']>>('invitations');
export const useRoleChanges = () => useList<ListOf<Schemas['RoleChangeView']>>('role-changes');
export const useDevices = () => useList<ListOf<Schemas['DeviceView']>>('devices');

function useChange<V>(change: (value: V) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: [KEY] }) });
}

export const useInvite = () => useChange((to: { email: string; role: StaffRole }) => post('/api/ops/invitations', to));
export const useChangeRole = () =>
  useChange(({ id, role }: { id: string; role: StaffRole }) => request('PATCH', `/api/ops/people/${id}`, { body: { role } }));
export const useRule = () =>
  useChange((required: boolean) => request('PATCH', '/api/ops/people', { body: { second_factor_required: required } }));
/** Ends a role, an invitation or a device. */
export const useEnd = () => useChange((path: `${'people' | 'invitations' | 'devices'}/${string}`) => request('DELETE', `/api/ops/${path}`));
