import type { Board } from '../../api/opsTypes';
import { ago } from '../../format/ago';
import { clockTime } from '../../format/clockTime';
import { decimal } from '../../format/decimal';
import { kwh } from '../../format/kwh';
import { NBSP } from '../../format/nbsp';
import { percent } from '../../format/percent';
import { common } from '../../i18n/common';
import { text as chargers } from '../../i18n/chargers';
import { text } from '../../i18n/ops';
import { text as system } from '../../i18n/system';
import type { Connection } from '../../live/socket';
import { useTick } from '../../live/useTick';
import { worldNowMs } from '../../live/worldClock';
import { SignOutButton } from '../../shell/SignOutButton';
import { Icon } from '../../ui/Icon';
import { Logo } from '../../ui/Logo';
import { LanguageButton } from '../../ui/LanguageButton';
import { ThemeButton } from '../../ui/ThemeButton';
import { SYSTEM } from './place';
import { chargerAddress } from './useChargerAddress';

function Figure({ name, value, rest, alert = false }: { name: string; value: string; rest?: string; alert?: boolean }) {
  return (
    <div className={alert ? 'kpi alert' : 'kpi'}>
      <span>{name}</span>
      <b>
        {value}
        {rest && <em>{`${NBSP}${rest}`}</em>}
      </b>
    </div>
  );
}

const minutes = (seconds: number | null): string => (seconds === null ? '–' : String(Math.round(seconds / 60)));

function Figures({ board }: { board: Board }) {
  const { figures } = board;
  const words = text.figures;
  return (
    <div className="kpis" role="group" tabIndex={0} aria-label={words.all}>
      <Figure name={words.served} value={String(figures.served_today)} />
      <Figure name={words.open} value={String(figures.open)} />
      <Figure name={words.onTime} value={figures.on_time_share === null ? '–' : percent(figures.on_time_share)} />
      <Figure name={words.timeToPlug} value={`${minutes(figures.time_to_plug_p50_s)}${NBSP}/${NBSP}${minutes(figures.time_to_plug_p90_s)}`} rest="min" />
      <Figure name={words.energyOut} value={decimal(figures.energy_out_kwh, 0)} rest="kWh" />
      <Figure name={words.inPacks} value={decimal(figures.in_packs_kwh, 0)} rest={words.of(kwh(figures.packs_total_kwh, 0))} />
      <Figure name={words.notServed} value={String(figures.not_served)} alert={figures.not_served > 0} />
    </div>
  );
}

interface Props {
  board: Board;
  connection: Connection;
  onSearch: () => void;
  onHelp: () => void;
}

export function TopBar({ board, connection, onSearch, onHelp }: Props) {
  useTick(1000);
  const nowMs = worldNowMs();
  const { plan } = board;
  return (
    <header className="top-bar">
      <h1 className="hidden">{text.title(board.area.name)}</h1>
      <a className="brand" href="/">
        <Logo />
        {common.brand}
      </a>
      <span className="area">{board.area.name}</span>
      <Figures board={board} />
      <div className="plan">
        <span>{plan.version > 0 ? text.plan(plan.version) : text.noPlan}</span>
        <b>
          <i className={connection === 'live' ? 'dot' : 'dot lost'} />
          {plan.published_at && text.published(ago(nowMs - Date.parse(plan.published_at)))}
        </b>
      </div>
      <button type="button" className="search-box" onClick={onSearch}>
        <Icon name="here" size={15} /> <span className="grow">{text.search.open}</span> <kbd>{text.search.key}</kbd>
      </button>
      <div className="clock">
        <b>{clockTime(nowMs, board.area.time_zone)}</b>
        <span>{text.speed(board.speed)}</span>
      </div>
      <a className="plain-button" href={chargerAddress()} aria-label={chargers.title} title={chargers.title}>
        <Icon name="plug" />
      </a>
      <a className="plain-button" href={SYSTEM} aria-label={system.title} title={system.title}>
        <Icon name="pulse" />
      </a>
      <button type="button" className="plain-button help-button" aria-label={text.help.title} title={text.help.title} onClick={onHelp}>
        {'?'}
      </button>
      <LanguageButton />
      <ThemeButton labels={common.themeLabels} />
      <SignOutButton />
    </header>
  );
}
