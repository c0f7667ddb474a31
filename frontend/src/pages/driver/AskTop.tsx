import { SignOutButton } from '../../shell/SignOutButton';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Icon } from '../../ui/Icon';
import { LanguageButton } from '../../ui/LanguageButton';
import { Logo } from '../../ui/Logo';
import { ThemeButton } from '../../ui/ThemeButton';
import type { Spot } from './spot';

interface Props {
  spot: Spot;
  onSearch: () => void;
}

function nameOf(spot: Spot): string {
  if (spot.site) return text.ask.inSite(spot.site.name);
  if (!spot.street) return text.ask.pinned;
  return spot.chosen ? spot.street : text.ask.near(spot.street);
}

/** Where the pin stands, in words; a tap looks for another place. */
export function AskTop({ spot, onSearch }: Props) {
  return (
    <div className="ask-top">
      <a className="top-button" href="/" aria-label={common.brand}>
        <Logo size={28} />
      </a>
      <button type="button" className="ask-place grow" onClick={onSearch}>
        <b className="clip" aria-live="polite">
          {nameOf(spot)}
        </b>
        <span className="clip small mute">{text.ask.move}</span>
        <span className="hidden">{text.search.title}</span>
      </button>
      <button type="button" className="top-button" aria-label={text.search.title} onClick={onSearch}>
        <Icon name="search" size={22} />
      </button>
      <div className="ask-tools">
        <LanguageButton className="top-button" />
        <ThemeButton labels={common.themeLabels} className="top-button" />
        <SignOutButton className="top-button" />
      </div>
    </div>
  );
}
