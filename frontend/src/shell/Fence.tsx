import { Component, type ReactNode } from 'react';
import { Button } from '../ui/Button';
import { Note } from '../ui/Note';
import './shell.css';

interface Props {
  words: { failed: string; again: string };
  children: ReactNode;
}

/** A fault in drawing leaves a sentence and a way out, not an empty page. */
export class Fence extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="gate">
        <Note look="alert">{this.props.words.failed}</Note>
        <Button
          onClick={() => {
            location.reload();
          }}
        >
          {this.props.words.again}
        </Button>
      </main>
    );
  }
}
