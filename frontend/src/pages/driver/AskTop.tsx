import { useSignOut } from '../../data/me';
import { common } from '../../i18n/common';
import { text } from '../../i18n/driver';
import { Icon } from '../../ui/Icon';
import { LanguageButton } from '../../ui/LanguageButton';
import { Logo } from '../../ui/Logo';
import type { Spot } from './spot';
import { ThemeButton } from '../../ui/ThemeButton';

/** Where the pin stands, in words. */
export function AskTop({ spot }: { spot: Spot }) {
  const signOut = useSignOut();
  return (
    <div className="ask-top">
      <a href="/" aria-label={common.brand}>
        <Logo size={28} />
      </a>
      <div className="grow" aria-live="polite">
        <b className="clip">{spot.site ? text.ask.inSite(spot.site.name) : spot.street ? text.ask.near(spot.street) : text.ask.pinned}</b>
        <span className="clip small mute">{text.ask.move}</span>
      </div>
      <LanguageButton className="top-button" />
      <ThemeButton labels={common.themeLabels} className="top-button" />
      <button
        type="button"
        className="top-button"
        aria-label={common.signIn.out}
        title={common.signIn.out}
        onClick={() => {
          signOut.mutate();
        }}
      >
        <Icon name="leave" />
      </button>
    </div>
  );
}
