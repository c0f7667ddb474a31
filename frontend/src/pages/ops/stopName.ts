import type { StopView } from '../../api/opsTypes';
import { text } from '../../i18n/ops';

/** What a stop is called: its place, and what happens there when it is no delivery. */
export function stopName(stop: StopView): string {
  switch (stop.kind) {
    case 'recharge':
      return text.details.recharge(stop.place.name);
    case 'break':
      return text.break;
    case 'hold':
      return text.details.home(stop.place.name);
    default:
      return stop.place.name;
  }
}
