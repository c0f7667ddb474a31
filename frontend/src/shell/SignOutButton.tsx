import { useSignOut } from '../data/me';
import { common } from '../i18n/common';
import { Icon } from '../ui/Icon';

/** The way out, in the tools of every page. */
export function SignOutButton({ className = 'plain-button' }: { className?: string }) {
  const signOut = useSignOut();
  return (
    <button
      type="button"
      className={className}
      aria-label={common.signIn.out}
      title={common.signIn.out}
      onClick={() => {
        signOut.mutate();
      }}
    >
      <Icon name="leave" />
    </button>
  );
}
