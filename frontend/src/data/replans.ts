import { useMutation } from '@tanstack/react-query';
import { post } from '../api/client';

/** Asks for a new plan. */
export const useReplan = () => useMutation({ mutationFn: () => post<unknown>('/api/ops/replans') });
