import type { ChargeRequest } from '../../api/driverTypes';
import { ago } from '../../format/ago';
import { common } from '../../i18n/common';
import type { StreamView } from '../../live/store';
import { useTick } from '../../live/useTick';

/** How old is what I see? */
export function LivePill({ stream }: { stream: StreamView<ChargeRequest> }) {
  const nowMs = useTick(1000);
  const words = common.connection;
  const age = ago(nowMs - stream.heardAtMs);
  const { connection } = stream;
  const text = connection === 'live' || connection === 'polling' ? words[connection](age) : words[connection];
  return (
    <span className="live-pill" role="status">
      <i className={stream.connection === 'live' ? 'dot' : 'dot lost'} />
      {text}
    </span>
  );
}
