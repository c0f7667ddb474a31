import type { ReactNode } from 'react';
import { Icon } from './Icon';
import type { IconName } from './icons/shapes';
import './note.css';

type Look = 'plain' | 'amber' | 'alert' | 'volt' | 'ok';

const glyphs: Record<Look, IconName> = { plain: 'clock', amber: 'warning', alert: 'warning', volt: 'bolt', ok: 'tick' };

/** A sentence with a ground of its own. What failed is said aloud at once. */
export function Note({ look = 'plain', icon, children }: { look?: Look; icon?: IconName; children: ReactNode }) {
  return (
    <div className={`note ${look}`} role={look === 'alert' ? 'alert' : 'status'}>
      <Icon name={icon ?? glyphs[look]} />
      <div>{children}</div>
    </div>
  );
}
