import type { ReactNode } from 'react';
import './chip.css';

export type ChipLook = 'plain' | 'volt' | 'planned' | 'route' | 'amber' | 'alert' | 'ok' | 'ink' | 'line';

export function Chip({ look = 'plain', children }: { look?: ChipLook; children: ReactNode }) {
  return <span className={`chip ${look}`}>{children}</span>;
}
