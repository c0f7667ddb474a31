import { Icon } from './Icon';

interface Props {
  title: string;
  backLabel: string;
  onBack: () => void;
}

export function DialogHead({ title, backLabel, onBack }: Props) {
  return (
    <header className="dialog-head">
      <button type="button" className="top-button" aria-label={backLabel} onClick={onBack}>
        <Icon name="back" size={24} />
      </button>
      <h1 className="grow">{title}</h1>
    </header>
  );
}
