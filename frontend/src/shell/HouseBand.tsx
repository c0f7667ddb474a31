import { useEffect, useState } from 'react';
import { useHealth } from '../data/health';
import { common } from '../i18n/common';
import { Icon } from '../ui/Icon';

/** What matters most comes first: the band has room for one sentence. */
const ORDER = ['database', 'writes', 'planner', 'quote', 'valkey', 'roads'] as const;

/** A page that opens has better things to load. */
const PATIENCE_MS = 4000;

function useOpened(): boolean {
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setOpened(true);
    }, PATIENCE_MS);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return opened;
}

/** Says what the house cannot do at this moment, and what goes on all the same. */
export function HouseBand() {
  const health = useHealth(useOpened());
  const part = ORDER.find((name) => health.data?.down[name] !== undefined);
  if (!part) return null;
  return (
    <div className="house-band" role="status">
      <Icon name="warning" size={18} />
      <span>{common.without[part]}</span>
    </div>
  );
}
