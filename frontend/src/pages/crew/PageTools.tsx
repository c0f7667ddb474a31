import { useSignOut } from '../../data/me';
import { common } from '../../i18n/common';
import { Icon } from '../../ui/Icon';
import { LanguageButton } from '../../ui/LanguageButton';
import { ThemeButton } from '../../ui/ThemeButton';

/** What is needed once a shift: language, light or dark, sign out. */
export function PageTools() {
  const signOut = useSignOut();
  return (
    <div className="crew-tools">
      <LanguageButton />
      <ThemeButton labels={common.themeLabels} />
      <button
        type="button"
        className="plain-button"
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
