import type { ReactNode } from 'react';
import './stat.css';

export function Stat({ label, value, unit }: { label: string; value: ReactNode; unit?: string }) {
  return (
    <div className="stat">
      <div className="stat-label">{label}</div>
      <div className="stat-value">
        {value}
        {unit && <small> {unit}</small>}
      </div>
    </div>
  );
}
