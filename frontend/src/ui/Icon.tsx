import { iconShapes, type IconName, type Shape } from './icons/shapes';

export function ShapePaths({ shape }: { shape: Shape }) {
  return (
    <>
      {shape.fill?.map((d) => <path key={d} d={d} fill="currentColor" fillRule="evenodd" />)}
      {shape.stroke?.map(([d, width]) => (
        <path
          key={d}
          d={d}
          fill="none"
          stroke="currentColor"
          strokeWidth={width}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      ))}
    </>
  );
}

/** A glyph beside words; the words say it, so it is hidden from readers. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <ShapePaths shape={iconShapes[name]} />
    </svg>
  );
}
