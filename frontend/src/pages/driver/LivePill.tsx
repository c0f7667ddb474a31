import type { ChargeRequest } from '../../api/driverTypes';
import { ago } from '../../format/ago';
import { common } from '../../i18n/common';
import type { StreamView } from '../../live/store';
import { useTick } from '../../live/useTick';

/** How old is what I see? */
export function LivePill({ stream, words = common.connection }: { stream: StreamView<ChargeRequest>; words?: typeof common.connection }) {
  const nowMs = useTick(1000);
  const text = stream.connection === 'live' ? words.live(ago(nowMs - stream.heardAtMs)) : words[stream.connection];
  return (
    <span className="live-pill" role="status">
      <i className={stream.connection === 'live' ? 'dot' : 'dot lost'} />
      {text}
    </span>
  );
}
