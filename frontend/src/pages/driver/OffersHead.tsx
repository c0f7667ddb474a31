import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Icon } from '../../ui/Icon';

interface Props {
  title: string;
  about: string;
  onBack: () => void;
  onEdit: () => void;
}

/** What was asked, and the ways back to it. */
export function OffersHead({ title, about, onBack, onEdit }: Props) {
  return (
    <header className="offers-head">
      <button type="button" className="top-button" aria-label={common.back} onClick={onBack}>
        <Icon name="back" size={24} />
      </button>
      <div className="grow">
        <b className="clip">{title}</b>
        <span className="small mute clip">{about}</span>
      </div>
      <button type="button" className="chip line edit" onClick={onEdit}>
        {text.offers.edit}
      </button>
    </header>
  );
}
