import { useId, useMemo, useState, type KeyboardEvent } from 'react';
import type { Board } from '../../api/opsTypes';
import { text } from '../../i18n/ops';
import { Icon } from '../../ui/Icon';
import type { Action } from './consoleState';
import { Dialog } from './Dialog';
import { findThings } from './findThings';

interface Line {
  key: string;
  title: string;
  rest: string;
  act: () => void;
}

interface Props {
  board: Board;
  dispatch: (action: Action) => void;
  onReplan: () => void;
}

const plain = (value: string): string => value.toLowerCase();

/** Find or do: units, requests, cars by plate, and what a dispatcher may ask for. */
export function Search({ board, dispatch, onReplan }: Props) {
  const words = text.search;
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const list = useId();
  const close = () => { dispatch({ type: 'dialog', dialog: null }); };
  const lines = useMemo(() => {
    const found = findThings(board, typed).map((thing): Line => ({ ...thing, act: () => { dispatch({ type: 'select', selection: thing.selection }); } }));
    const deeds: Line[] = [
      { key: 'replan', title: words.replan, rest: words.replanRest, act: onReplan },
      { key: 'help', title: text.help.title, rest: '?', act: () => { dispatch({ type: 'dialog', dialog: 'help' }); } },
    ];
    return [...found, ...deeds.filter((deed) => plain(deed.title).includes(plain(typed)))];
  }, [board, typed, dispatch, onReplan, words]);
  const choose = (line: Line | undefined) => {
    if (!line) return;
    close();
    line.act();
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setAt((before) => (before + step + lines.length) % Math.max(1, lines.length));
    }
    if (event.key === 'Enter') {
      event.preventDefault();
      choose(lines[at]);
    }
  };
  return (
    <Dialog label={words.open} className="palette" onClose={close}>
      <div className="palette-field">
        <Icon name="here" size={18} />
        <input
          autoFocus
          role="combobox"
          aria-expanded="true"
          aria-controls={list}
          aria-activedescendant={lines[at] ? `${list}-${lines[at].key}` : undefined}
          aria-label={words.open}
          placeholder={words.hint}
          value={typed}
          onChange={(event) => { setTyped(event.target.value); setAt(0); }}
          onKeyDown={onKey}
        />
      </div>
      <ul id={list} role="listbox" aria-label={words.found}>
        {lines.map((line, index) => (
          <li
            key={line.key}
            id={`${list}-${line.key}`}
            role="option"
            aria-selected={index === at}
            onClick={() => { choose(line); }}
          >
            <b className="clip">{line.title}</b>
            <span className="clip">{line.rest}</span>
          </li>
        ))}
      </ul>
      {lines.length === 0 && <p className="pane-empty" role="status">{words.nothing}</p>}
    </Dialog>
  );
}
