import { useEffect } from 'react';
import { Icon } from '../../ui/Icon';

const SHOWN_MS = 5000;

/** One line, for a while. */
export function Toast({ words, onGone }: { words: string; onGone: () => void }) {
  useEffect(() => {
    const timer = setTimeout(onGone, SHOWN_MS);
    return () => {
      clearTimeout(timer);
    };
  }, [words, onGone]);
  return (
    <div className="toast" role="status">
      <Icon name="tick" size={16} />
      {words}
    </div>
  );
}
