import { useMutation } from '@tanstack/react-query';
import { ask, get } from '../api/client';
import { parseProblem } from '../api/problem';
import type { Told } from './library';

/** Everything that is kept of the person who is signed in. */
export const useOwnData = () => useMutation({ mutationFn: () => get<unknown>('/api/me/export') });

/** The end of the account; the address is typed once more, so that it is meant. Rejects only when nobody answers. */
export async function eraseMe(email: string): Promise<Told<unknown>> {
  const { status, ok, body } = await ask('POST', '/api/me/erase', { body: { email } });
  return { status, data: null, meta: {}, code: ok ? null : parseProblem(status, body).code };
}
