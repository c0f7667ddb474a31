import type { ReactNode } from 'react';
import { common } from '../../i18n/common';
import { SignOutButton } from '../../shell/SignOutButton';
import { LanguageButton } from '../../ui/LanguageButton';
import { Logo } from '../../ui/Logo';
import { ThemeButton } from '../../ui/ThemeButton';

/** The head of the two large screens. */
export function Frame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="account">
      <header className="spread">
        <a className="account-brand" href="/">
          <Logo size={32} />
          {common.brand}
        </a>
        <span className="row">
          <LanguageButton />
          <ThemeButton labels={common.themeLabels} />
          <SignOutButton />
        </span>
      </header>
      <h1>{title}</h1>
      {children}
    </main>
  );
}

/** One subject of a screen. */
export function Part({ title, children, wide = false }: { title: string; children: ReactNode; wide?: boolean }) {
  return (
    <section className={wide ? 'account-part wide' : 'account-part'} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
