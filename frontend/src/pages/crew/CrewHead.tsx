import type { ReactNode } from 'react';
import { common } from '../../i18n/common';
import { Icon } from '../../ui/Icon';
import { NetBadge } from './NetBadge';

interface Props {
  title: string;
  about: string;
  onBack?: () => void;
  children?: ReactNode;
}

export function CrewHead({ title, about, onBack, children }: Props) {
  return (
    <header className="crew-head">
      {onBack && (
        <button type="button" className="plain-button back" aria-label={common.back} onClick={onBack}>
          <Icon name="back" size={26} />
        </button>
      )}
      <div className="grow">
        <h1 className="clip">{title}</h1>
        <p className="small mute clip">{about}</p>
      </div>
      <NetBadge />
      {children}
    </header>
  );
}
