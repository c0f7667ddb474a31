/** Says its text aloud when it changes, and shows nothing. */
export function Announcer({ text }: { text: string }) {
  return (
    <p className="hidden" role="status" aria-live="polite">
      {text}
    </p>
  );
}
