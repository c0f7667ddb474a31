import { ask } from '../api/client';

/** What the doors under /auth/ answer: the library's own language. */
export interface Told<T> {
  status: number;
  data: T | null;
  meta: Record<string, unknown>;
  /** The code of the first refusal. */
  code: string | null;
}

const fieldsOf = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? { ...value } : {});

function codeOf(body: Record<string, unknown>): string | null {
  const errors = Array.isArray(body['errors']) ? body['errors'] : [];
  const code = fieldsOf(errors[0])['code'] ?? body['code'];
  return typeof code === 'string' ? code : null;
}

/** One call to a door of the library. Rejects only when nobody answers: a refusal is an answer. */
export async function tell<T = unknown>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', door: string, body?: unknown): Promise<Told<T>> {
  const { status, body: said } = await ask(method, `/auth/${door}`, body === undefined ? {} : { body });
  const fields = fieldsOf(said);
  return { status, data: (fields['data'] as T | undefined) ?? null, meta: fieldsOf(fields['meta']), code: status === 429 ? 'rate_limited' : codeOf(fields) };
}
