import type { ButtonHTMLAttributes, ReactNode } from 'react';
import './button.css';

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: 'main' | 'second' | 'volt' | 'alert' | 'alert-line';
  size?: 'phone' | 'small' | 'crew' | 'console';
  children: ReactNode;
}

export function Button({ look = 'main', size = 'phone', className = '', children, ...rest }: Props) {
  return (
    <button type="button" className={`button ${look} ${size} ${className}`} {...rest}>
      {children}
    </button>
  );
}
