/** An RFC 9457 problem document, or what stands in for it when the network itself failed. */
export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  path?: string;
  /** Of a conflict: the state that was found. */
  state?: string;
}

export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

const text = (value: unknown, fallback: string): string => (typeof value === 'string' && value ? value : fallback);

/** Reads a problem out of whatever a failed answer carried. */
export function parseProblem(status: number, body: unknown): Problem {
  const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const problem: Problem = {
    status,
    code: text(fields['code'], `http_${String(status)}`),
    title: text(fields['title'], ''),
    detail: text(fields['detail'], ''),
  };
  if (typeof fields['path'] === 'string') problem.path = fields['path'];
  if (typeof fields['state'] === 'string') problem.state = fields['state'];
  return problem;
}
