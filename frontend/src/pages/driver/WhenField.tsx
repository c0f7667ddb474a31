import { clockTime } from '../../format/clockTime';
import { text } from '../../i18n/driver';
import { worldNowMs } from '../../live/worldClock';
import { Field } from '../../ui/Field';
import { radioKeys, radioTab } from '../../ui/radioKeys';
import { Segmented } from '../../ui/Segmented';
import { listSlots } from './slots';
import type { Draft } from './wish';

interface Props {
  draft: Draft;
  zone: string;
  onChange: (part: Partial<Draft>) => void;
}

/** Half hours side by side; the row scrolls. */
function Slots({ draft, zone, onChange }: Props) {
  const slots = listSlots(worldNowMs());
  const chosen = slots.findIndex((slot) => slot === draft.slot);
  return (
    <div className="slots" role="radiogroup" aria-label={text.ask.slot} onKeyDown={radioKeys}>
      {slots.map((slot, index) => (
        <button
          key={slot}
          type="button"
          role="radio"
          aria-checked={index === chosen}
          tabIndex={radioTab(index, chosen)}
          onClick={() => {
            onChange({ slot });
          }}
        >
          {clockTime(slot, zone)}
        </button>
      ))}
    </div>
  );
}

export function WhenField({ draft, zone, onChange }: Props) {
  const words = text.ask;
  return (
    <div className="when-field">
      <Segmented
        label={words.when}
        value={draft.when}
        onChange={(when) => {
          onChange({ when, slot: when === 'slot' ? (draft.slot ?? listSlots(worldNowMs())[0] ?? null) : draft.slot });
        }}
        options={[
          { value: 'soon', text: words.soon },
          { value: 'slot', text: words.slot },
          { value: 'window', text: words.window },
        ]}
      />
      {draft.when === 'slot' && <Slots draft={draft} zone={zone} onChange={onChange} />}
      {draft.when === 'window' && (
        <div className="when-times">
          <Field label={words.from} type="time" value={draft.from} onChange={(event) => { onChange({ from: event.target.value }); }} />
          <Field label={words.until} type="time" value={draft.until} onChange={(event) => { onChange({ until: event.target.value }); }} />
        </div>
      )}
    </div>
  );
}
