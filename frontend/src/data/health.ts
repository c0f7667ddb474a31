import { useQuery } from '@tanstack/react-query';

export interface Health {
  ready: boolean;
  /** What does not stand, and why. */
  down: Record<string, string>;
  checks: string[];
}

function isHealth(body: unknown): body is Health {
  return typeof body === 'object' && body !== null && 'checks' in body && Array.isArray(body.checks) && 'down' in body;
}

/** What the house says of its parts; a house that says nothing has no parts to show. */
async function loadHealth(signal: AbortSignal): Promise<Health> {
  const answer = await fetch('/health', { signal });
  const body: unknown = await answer.json();
  if (!isHealth(body)) throw new Error('no health in the answer');
  return body;
}

export const useHealth = (enabled = true) =>
  useQuery({ queryKey: ['health'], queryFn: ({ signal }) => loadHealth(signal), refetchInterval: 10_000, retry: false, enabled });
