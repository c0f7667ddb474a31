/** What is left of a short time, as a ring. The time beside it says the same in figures. */
export function CountdownRing({ share, size = 22 }: { share: number; size?: number }) {
  const around = 2 * Math.PI * 9;
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="9" fill="none" stroke="currentColor" strokeOpacity=".35" strokeWidth="3.4" />
      <circle
        cx="12"
        cy="12"
        r="9"
        fill="none"
        stroke="currentColor"
        strokeWidth="3.4"
        strokeDasharray={`${String(around * Math.min(1, Math.max(0, share)))} ${String(around)}`}
        transform="rotate(-90 12 12)"
      />
    </svg>
  );
}
