import type { VisitChange } from '../../api/opsTypes';
import { duration } from '../../format/duration';
import { text } from '../../i18n/ops';

/** Less is the same time to a person. */
const NOTICED_S = 60;

export function tellWhat({ what, by_s, unit, from_unit }: VisitChange): string {
  const words = text.why.what;
  if (what === 'added') return words.added(unit);
  if (what === 'removed') return words.removed;
  const shift = Math.abs(by_s) < NOTICED_S ? '' : (by_s > 0 ? words.later : words.earlier)(duration(Math.abs(by_s)));
  if (what === 'handed_over') return [words.handed_over(from_unit, unit), shift].filter(Boolean).join(', ');
  return shift || words.longer;
}

export function tellWhy({ why, about }: VisitChange): string {
  const words = text.why;
  if (about && why === 'made_room') return words.madeRoom(about);
  if (about && why === 'freed') return words.freed(about);
  return words.reasons[why] ?? '';
}
