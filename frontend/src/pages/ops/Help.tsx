import { text } from '../../i18n/ops';
import { Button } from '../../ui/Button';
import { Dialog } from './Dialog';

const keys = ['search', 'queue', 'move', 'lock', 'why', 'unit', 'time', 'drop', 'back', 'push'] as const;

const capsOf = (): Record<(typeof keys)[number], string[]> => ({
  search: [text.keyNames.control, 'K'],
  queue: ['J', 'K'],
  move: ['M'],
  lock: ['L'],
  why: ['W'],
  unit: ['J', 'K'],
  time: ['←', '→'],
  drop: [text.keyNames.enter],
  back: [text.keyNames.escape],
  push: [text.keyNames.shift, '↕'],
});

/** What the keys do. */
export function Help({ onClose }: { onClose: () => void }) {
  const caps = capsOf();
  return (
    <Dialog label={text.help.title} className="help" onClose={onClose}>
      <h2>{text.help.title}</h2>
      <dl>
        {keys.map((name) => (
          <div key={name}>
            <dt>{caps[name].map((cap) => <kbd key={cap}>{cap}</kbd>)}</dt>
            <dd>{text.help.keys[name]}</dd>
          </div>
        ))}
      </dl>
      <Button size="console" onClick={onClose}>{text.close}</Button>
    </Dialog>
  );
}
