/** The mark: a V of a dotted route and a solid charge. */
export function Logo({ size = 26 }: { size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 24 24" aria-hidden="true">
      <rect width="24" height="24" rx="6" fill="var(--logo-bg)" />
      <path d="M5 6.5 10.2 17.5" stroke="#d2f03c" strokeWidth="1.9" strokeLinecap="round" strokeDasharray=".1 3.35" />
      <path d="M11.3 18.4 18.3 6" stroke="#d2f03c" strokeWidth="4" strokeLinecap="round" />
    </svg>
  );
}
