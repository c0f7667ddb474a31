import type { ReactNode } from 'react';
import { Icon } from '../../ui/Icon';

interface Props {
  title: string;
  about: string;
  done: boolean;
  now: boolean;
  onToggle: () => void;
  children?: ReactNode;
}

/** One safety step: a large box to tick; what must be typed stands in it. */
export function CheckRow({ title, about, done, now, onToggle, children }: Props) {
  const state = done ? 'done' : now ? 'now' : 'later';
  return (
    <li className={`check ${state}`}>
      <button type="button" role="checkbox" aria-checked={done} className="check-button" onClick={onToggle}>
        <span className="check-box">{done && <Icon name="tick" size={22} />}</span>
        <span className="grow">
          <b>{title}</b>
          <span className="small mute">{about}</span>
        </span>
      </button>
      {children}
    </li>
  );
}
