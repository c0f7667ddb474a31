import { speak } from '../i18n/catalogue';
import { common } from '../i18n/common';
import { keepLanguage, useLanguage } from '../i18n/language';

/** Turns the page to the other language, and remembers it. */
export function LanguageButton({ className = 'plain-button' }: { className?: string }) {
  const other = useLanguage() === 'fr' ? 'en' : 'fr';
  return (
    <button
      type="button"
      className={`${className} language`}
      lang={other}
      aria-label={`${common.language.otherCode}, ${common.language.other}`}
      title={common.language.other}
      onClick={() => {
        keepLanguage(other);
        void speak(other);
      }}
    >
      {common.language.otherCode}
    </button>
  );
}
