import './stageBar.css';

interface Props {
  stages: readonly string[];
  /** The stage under way; stages.length means all are done. */
  now: number;
  /** How far the stage under way has come, 0..1. */
  progress: number;
  energy: boolean;
}

export function StageBar({ stages, now, progress, energy }: Props) {
  return (
    <ol className="stages">
      {stages.map((name, index) => {
        const state = index < now ? 'done' : index === now ? 'now' : 'later';
        return (
          <li
            key={name}
            className={`${state}${energy ? ' energy' : ''}`}
            aria-current={state === 'now' ? 'step' : undefined}
            style={state === 'now' ? { ['--fill' as string]: `${String(Math.round(Math.min(1, Math.max(0.08, progress)) * 100))}%` } : undefined}
          >
            {name}
          </li>
        );
      })}
    </ol>
  );
}
