import { ago } from '../../format/ago';
import { text } from '../../i18n/ops';
import type { Connection } from '../../live/socket';
import { useTick } from '../../live/useTick';
import { Icon } from '../../ui/Icon';

/** Says that what is shown grows old. */
export function LostBand({ connection, heardAtMs }: { connection: Connection; heardAtMs: number }) {
  const nowMs = useTick(1000);
  if (connection !== 'lost') return null;
  return (
    <div className="lost-band" role="status">
      <Icon name="offline" size={16} />
      {text.lost(ago(nowMs - heardAtMs))}
    </div>
  );
}
