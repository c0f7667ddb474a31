import { useEffect, useRef, type ReactNode } from 'react';
import './dialog.css';

interface Props {
  label: string;
  onClose: () => void;
  children: ReactNode;
}

/** A page over the page: the whole screen of a phone, a card on a desk. Escape closes it, focus stays in it and begins at `data-first`. */
export function Dialog({ label, onClose, children }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = dialog.current;
    if (shown && !shown.open) shown.showModal();
    shown?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => {
      shown?.close();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onClick={(event) => {
        if (event.target === event.currentTarget) onClose(); // the ground around the card
      }}
    >
      <div className="dialog-body">{children}</div>
    </dialog>
  );
}
