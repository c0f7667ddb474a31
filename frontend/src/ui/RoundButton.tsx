import { Icon } from './Icon';
import type { IconName } from './icons/shapes';
import './button.css';

/** A glyph alone on the map; its words are for readers. */
export function RoundButton({ icon, label, onClick }: { icon: IconName; label: string; onClick: () => void }) {
  return (
    <button type="button" className="round" aria-label={label} title={label} onClick={onClick}>
      <Icon name={icon} size={22} />
    </button>
  );
}
