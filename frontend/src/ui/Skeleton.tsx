import { useEffect, useState } from 'react';
import './skeleton.css';

/** Shapes of what will come; after two seconds a sentence. */
export function Skeleton({ lines, sentence }: { lines: number; sentence: string }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      setLate(true);
    }, 2000);
    return () => {
      clearTimeout(timer);
    };
  }, []);
  return (
    <div className="skeleton" role="status" aria-label={sentence}>
      {Array.from({ length: lines }, (_, index) => (
        <i key={index} />
      ))}
      {late && <p className="base mute">{sentence}</p>}
    </div>
  );
}
