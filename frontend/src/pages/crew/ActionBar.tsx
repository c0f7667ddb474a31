import type { ReactNode } from 'react';
import { text } from '../../i18n/crew';
import { Icon } from '../../ui/Icon';

/** One main action at the bottom, and the problem button left of it, always. */
export function ActionBar({ above, onProblem, children }: { above?: ReactNode; onProblem: () => void; children: ReactNode }) {
  return (
    <footer className="crew-actions">
      {above}
      <div className="row">
        <button type="button" className="problem-button" aria-label={text.problem} title={text.problem} onClick={onProblem}>
          <Icon name="warning" size={28} />
        </button>
        {children}
      </div>
    </footer>
  );
}
