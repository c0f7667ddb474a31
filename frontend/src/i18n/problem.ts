import { common } from './common';

interface Told {
  status: number;
  code: string;
  detail: string;
}

/** One sentence for whatever went wrong: the house's own words, unless ours are plainer. */
export function problemSentence(problem: Told): string {
  return common.problems[problem.code] ?? (problem.detail || common.failed(problem.status));
}
