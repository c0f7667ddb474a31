import { useMutation } from '@tanstack/react-query';
import { tell, type Told } from '../../data/library';
import { problemText } from '../../data/problemText';
import { refusalOf } from './refusal';

type Method = 'POST' | 'PUT' | 'DELETE';

/** One form of one door. Some doors answer 401 when all is well and nobody is signed in: `well` says which. */
export function useTell(method: Method, door: string, well: (told: Told<unknown>) => boolean = ({ status }) => status < 400) {
  const mutation = useMutation({ mutationFn: (body: unknown) => tell(method, door, body) });
  const told = mutation.data;
  const done = told !== undefined && well(told);
  return { ...mutation, done, fault: problemText(mutation.error) ?? (told && !done ? refusalOf(told) : null) };
}

export const saidWell = ({ status, code }: Told<unknown>): boolean => status < 400 || (status === 401 && code === null);
