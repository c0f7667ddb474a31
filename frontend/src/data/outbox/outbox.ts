import { newKey, post } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { backoffMs } from '../../live/backoff';
import { isWaiting, pathOf, type QueuedAction } from './action';
import { fateOf } from './answer';
import type { Kept } from './store';

/** Where actions are kept; tests give one that forgets. */
export interface Shelf {
  listActions: (person: string) => Promise<Kept[]>;
  addAction: (action: QueuedAction) => Promise<void>;
  changeAction: (number: number, action: QueuedAction) => Promise<void>;
  dropAction: (number: number) => Promise<void>;
}

export interface OutboxView {
  /** Not taken yet, or refused; oldest first. */
  kept: readonly Kept[];
  /** Taken a moment ago: shown as done until the day itself says so. */
  taken: readonly QueuedAction[];
  sending: boolean;
}

export type Send = (path: string, body: Record<string, unknown>, key: string) => Promise<unknown>;
export type Wish = Pick<QueuedAction, 'verb' | 'stop' | 'at' | 'body' | 'place'>;

const REMEMBERED = 6;

/** Taps are kept first and sent in their order, one at a time; what the network loses is sent again with the same key. */
export class Outbox {
  private view: OutboxView = { kept: [], taken: [], sending: false };
  private readonly listeners = new Set<() => void>();
  private failures = 0;
  private again = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: Promise<void> | null = null;

  constructor(
    private readonly person: string,
    private readonly shelf: Shelf,
    private readonly send: Send = post,
    private readonly makeKey: () => string = newKey,
  ) {}

  read = (): OutboxView => this.view;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /** Resolves when the tap is safe on this device; sending goes on by itself. */
  async add(wish: Wish): Promise<void> {
    await this.shelf.addAction({ ...wish, key: this.makeKey(), person: this.person });
    await this.reload();
    void this.flush();
  }

  async dismiss(number: number): Promise<void> {
    await this.shelf.dropAction(number);
    await this.reload();
  }

  /** Sends what waits; a call while it runs joins it, and what came meanwhile goes too. */
  flush(): Promise<void> {
    clearTimeout(this.timer);
    this.again = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    return this.running;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private async run(): Promise<void> {
    while (this.again) {
      this.again = false;
      await this.reload();
      for (let next = this.next(); next; next = this.next()) {
        this.change({ sending: true });
        if (!(await this.deliver(next))) break;
      }
    }
    this.change({ sending: false });
  }

  private next(): Kept | undefined {
    return this.view.kept.find(({ action }) => isWaiting(action));
  }

  private async deliver({ number, action }: Kept): Promise<boolean> {
    let fate: ReturnType<typeof fateOf> = 'done';
    try {
      await this.send(pathOf(action), action.body, action.key);
    } catch (error) {
      fate = fateOf(action, error);
      if (fate === 'refused' && error instanceof ProblemError) {
        const { code, detail, status } = error.problem;
        await this.shelf.changeAction(number, { ...action, refused: { code, detail, status } });
      }
    }
    if (fate === 'later') {
      this.timer = setTimeout(() => void this.flush(), backoffMs(this.failures, 0.5));
      this.failures += 1;
      return false;
    }
    this.failures = 0;
    if (fate === 'done') {
      await this.shelf.dropAction(number);
      this.view = { ...this.view, taken: [...this.view.taken, action].slice(-REMEMBERED) };
    }
    await this.reload();
    return true;
  }

  private async reload(): Promise<void> {
    this.change({ kept: await this.shelf.listActions(this.person) });
  }

  private change(part: Partial<OutboxView>): void {
    this.view = { ...this.view, ...part };
    for (const listener of this.listeners) listener();
  }
}
