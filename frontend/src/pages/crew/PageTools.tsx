import { SignOutButton } from '../../shell/SignOutButton';
import { common } from '../../i18n/common';
import { LanguageButton } from '../../ui/LanguageButton';
import { ThemeButton } from '../../ui/ThemeButton';

/** What is needed once a shift: language, light or dark, sign out. */
export function PageTools() {
  return (
    <div className="crew-tools">
      <LanguageButton />
      <ThemeButton labels={common.themeLabels} />
      <SignOutButton />
    </div>
  );
}
