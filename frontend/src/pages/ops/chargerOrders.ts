import type { ChargerOrder } from '../../data/chargers';

/** What a person may tell a charger; the house alone limits its energy. */
export const ORDERS = ['stop', 'start', 'unlock', 'cap', 'availability', 'trigger', 'reset', 'read', 'configure'] as const;
export type OrderVerb = (typeof ORDERS)[number];

export const MESSAGES = ['StatusNotification', 'MeterValues', 'Heartbeat', 'BootNotification', 'TransactionEvent'] as const;

/** What stands in the form, as typed. */
export interface Typed {
  why: string;
  amount: string;
  key: string;
  value: string;
  message: string;
  hard: string;
  available: string;
}

export const NOTHING_TYPED: Typed = { why: '', amount: '', key: '', value: '', message: MESSAGES[0], hard: 'no', available: 'yes' };

/** Kilowatts as typed, comma or point, in watts; what is no number is left to the house to refuse. */
const watts = (typed: string): number => Math.round(Number(typed.replace(',', '.')) * 1000);

function needed(verb: OrderVerb, typed: Typed): Record<string, unknown> {
  switch (verb) {
    case 'cap':
      return { power_w: watts(typed.amount) };
    case 'configure':
      return { key: typed.key.trim(), value: typed.value };
    case 'read':
      return { keys: typed.key.split(/[\s,]+/).filter(Boolean) };
    case 'trigger':
      return { message: typed.message };
    case 'reset':
      return { hard: typed.hard === 'yes' };
    case 'availability':
      return { available: typed.available === 'yes' };
    default:
      return {};
  }
}

/** The command as it is sent: only what it needs. */
export const buildOrder = (verb: OrderVerb, typed: Typed): ChargerOrder => ({ verb, why: typed.why.trim(), ...needed(verb, typed) });
