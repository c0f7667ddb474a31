import { isWaiting } from '../../data/outbox/action';
import { text } from '../../i18n/crew';
import { Icon } from '../../ui/Icon';
import type { IconName } from '../../ui/icons/shapes';
import { networkOf, type Network } from './network';
import { useCrew } from './useCrew';

const glyphs: Record<Network, IconName> = { live: 'tick', syncing: 'syncing', offline: 'offline', refused: 'offline' };

/** Always in the same corner. */
export function NetBadge() {
  const { connection, queue } = useCrew();
  const waiting = queue.kept.filter(({ action }) => isWaiting(action)).length;
  const network = networkOf(connection, waiting);
  return (
    <span className={`net ${network}`} role="status">
      <Icon name={glyphs[network]} size={18} />
      {network === 'syncing' && waiting > 0 ? text.network.syncingSome(waiting) : text.network[network]}
    </span>
  );
}
