import type { ReactNode } from 'react';
import './kv.css';

/** Names left, values right. */
export function Kv({ rows, total }: { rows: readonly (readonly [string, ReactNode])[]; total?: readonly [string, ReactNode] }) {
  return (
    <dl className="kv">
      {rows.map(([name, value], index) => (
        <div key={`${name}-${String(index)}`}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {total && (
        <div className="total">
          <dt>{total[0]}</dt>
          <dd>{total[1]}</dd>
        </div>
      )}
    </dl>
  );
}
