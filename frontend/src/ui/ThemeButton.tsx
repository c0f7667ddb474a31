import { Icon } from './Icon';
import { chooseTheme, useTheme } from './theme';

export function ThemeButton({ labels, className = 'plain-button' }: { labels: { light: string; dark: string }; className?: string }) {
  const theme = useTheme();
  const other = theme === 'dark' ? 'light' : 'dark';
  return (
    <button
      type="button"
      className={className}
      aria-label={labels[other]}
      title={labels[other]}
      onClick={() => {
        chooseTheme(other);
      }}
    >
      <Icon name={other === 'dark' ? 'moon' : 'sun'} />
    </button>
  );
}
