import { ProblemError } from '../api/problem';
import { problemSentence } from '../i18n/problem';

/** One sentence for a failed call, null for none. */
export function problemText(error: unknown): string | null {
  if (!error) return null;
  return problemSentence(error instanceof ProblemError ? error.problem : { status: 0, code: 'network', detail: '' });
}

export function problemCode(error: unknown): string | null {
  return error instanceof ProblemError ? error.problem.code : null;
}
