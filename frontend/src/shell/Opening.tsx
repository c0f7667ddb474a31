import type { ReactNode } from 'react';
import { common } from '../i18n/common';
import { Logo } from '../ui/Logo';
import './shell.css';

/** Before there is anything to show: the mark, where the html has it already, and what is being waited for. */
export function Opening({ children }: { children: ReactNode }) {
  return (
    <main className="gate">
      <p className="gate-brand">
        <Logo size={32} />
        {common.brand}
      </p>
      {children}
    </main>
  );
}
