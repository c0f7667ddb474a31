import { text } from '../../i18n/driver';
import { Icon } from '../../ui/Icon';

/** Who is stranded comes before all others. */
export function StrandedPill({ on, onToggle }: { on: boolean; onToggle: () => void }) {
  const words = text.ask;
  return (
    <button type="button" className={on ? 'stranded-pill on' : 'stranded-pill'} aria-pressed={on} onClick={onToggle}>
      <Icon name="stranded" size={22} />
      {on ? words.strandedOn : words.stranded}
    </button>
  );
}
