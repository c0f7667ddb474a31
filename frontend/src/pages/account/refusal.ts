import type { Told } from '../../data/library';
import { common } from '../../i18n/common';
import { text } from '../../i18n/account';

/** One sentence for a refusal's code. */
export const refusal = (code: string | null): string => (code === null ? text.failed : (text.refusals[code] ?? common.problems[code] ?? text.failed));

/** One sentence for what a door of the library said, null when it did as asked. */
export const refusalOf = (told: Told<unknown>): string | null => (told.code === null && told.status < 400 ? null : refusal(told.code));
