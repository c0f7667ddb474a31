import type { ReactNode } from 'react';
import { actionStories } from './actions';
import { energyStories } from './energy';
import { markStories } from './marks';
import { messageStories } from './messages';
import './stories.css';

export interface Story {
  /** The component's own name. */
  name: string;
  draw: () => ReactNode;
}

const stories: readonly Story[] = [...actionStories, ...messageStories, ...energyStories, ...markStories];

/** Every component, light beside dark, with values a page would give it. */
export function Stories() {
  return (
    <main className="stories">
      <h1>Components</h1>
      {stories.map(({ name, draw }) => (
        <section key={name} className="story" id={name}>
          <h2>{name}</h2>
          {(['light', 'dark'] as const).map((theme) => (
            <div key={theme} data-theme={theme} className="story-ground">
              {draw()}
            </div>
          ))}
        </section>
      ))}
    </main>
  );
}
