import { text } from '../../i18n/driver';
import { Field } from '../../ui/Field';
import { Segmented } from '../../ui/Segmented';
import type { Draft } from './wish';

export function WhenField({ draft, onChange }: { draft: Draft; onChange: (part: Partial<Draft>) => void }) {
  const words = text.ask;
  return (
    <div className="when-field">
      <Segmented
        label={words.when}
        value={draft.when}
        onChange={(when) => {
          onChange({ when });
        }}
        options={[
          { value: 'soon', text: words.soon },
          { value: 'pick', text: words.pick },
        ]}
      />
      {draft.when === 'pick' && (
        <div className="when-times">
          <Field label={words.from} type="time" value={draft.from} onChange={(event) => { onChange({ from: event.target.value }); }} />
          <Field label={words.until} type="time" value={draft.until} onChange={(event) => { onChange({ until: event.target.value }); }} />
        </div>
      )}
    </div>
  );
}
