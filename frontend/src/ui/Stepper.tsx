import { Icon } from './Icon';
import './stepper.css';

interface Props {
  /** What the number is, for readers. */
  label: string;
  text: string;
  words: { less: string; more: string };
  onStep: (direction: -1 | 1) => void;
}

/** Less, the number, more. */
export function Stepper({ label, text, words, onStep }: Props) {
  return (
    <span className="row stepper" role="group" aria-label={label}>
      <button type="button" aria-label={words.less} onClick={() => { onStep(-1); }}>
        <Icon name="minus" />
      </button>
      <b aria-live="polite">{text}</b>
      <button type="button" aria-label={words.more} onClick={() => { onStep(1); }}>
        <Icon name="plus" />
      </button>
    </span>
  );
}
