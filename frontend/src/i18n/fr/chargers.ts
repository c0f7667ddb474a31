import type { chargers as english } from '../en/chargers';

const verbs: Record<string, string> = {
  start: 'Démarrer la charge', stop: 'Arrêter la charge', unlock: 'Libérer le câble', reset: 'Redémarrer la borne', configure: 'Changer un réglage', read: 'Lire des réglages',
  trigger: 'Demander un message', cap: 'Limiter la puissance', limit: 'Limiter l’énergie', availability: 'Ouvrir ou fermer',
};

const states: Record<string, string> = {
  Available: 'disponible', Preparing: 'en préparation', Charging: 'en charge', SuspendedEV: 'en pause (voiture)', SuspendedEVSE: 'en pause (borne)',
  Finishing: 'se termine', Reserved: 'réservée', Unavailable: 'fermée', Faulted: 'en défaut', Occupied: 'occupée',
};

const flags: Record<string, string> = {
  no_stop: 'sans arrêt', interval_without_start: 'début non reçu', end_missing: 'fin non reçue', gap: 'valeurs manquantes', register_backwards: 'compteur à rebours',
  meter_replaced: 'compteur remplacé', rollover: 'compteur revenu à zéro', wrong_clock: 'horloge fausse', values_after_end: 'valeurs après la fin', crew_reading: 'relevé par l’équipe',
  contradicted: 'dit de deux façons',
};

const statuses: Record<string, string> = { queued: 'en attente', sent: 'envoyée', accepted: 'acceptée', rejected: 'refusée', timed_out: 'sans réponse' };

export const chargers: typeof english = {
  title: 'Bornes',
  count: (online, all) => `${String(online)} sur ${String(all)} en ligne`,
  choose: 'Choisissez une borne pour voir ce qu’elle a dit et ce qui lui a été demandé.',
  none: 'Aucune borne ne parle encore ici.',
  loading: 'Les bornes arrivent',
  toList: 'Toutes les bornes',
  open: 'Borne',
  unit: 'Unité',
  plug: 'Prise',
  version: 'Protocole',
  box: 'Modèle',
  firmware: 'Logiciel',
  rated: 'Puissance nominale',
  derated: 'Puissance possible maintenant',
  heard: 'Dernier signe',
  since: 'En ligne depuis',
  never: 'jamais',
  ago: (age) => `il y a ${age}`,
  online: 'en ligne',
  offline: 'hors ligne',
  states,
  alarm: 'sans arrêt',
  alarmed: 'De l’énergie coule ici pour aucun arrêt connu. La borne a reçu l’ordre d’arrêter.',
  error: (code) => `Elle signale ${code}.`,
  tell: 'Lui demander quelque chose',
  verb: 'Commande',
  verbs,
  why: 'Raison',
  whyHint: 'Gardée avec votre nom',
  send: 'Envoyer',
  kilowatts: 'Puissance en kW',
  setting: 'Réglage',
  value: 'Valeur',
  settings: 'Réglages, séparés par des espaces',
  message: 'Message reçu',
  how: 'Comment',
  hard: 'Tout de suite, même en charge',
  soft: 'Quand rien ne charge',
  opened: 'Ouverte',
  closed: 'Fermée',
  commands: 'Commandes',
  noCommands: 'Rien ne lui a encore été demandé.',
  statuses,
  house: 'la maison',
  reasons: {
    stop_working: 'le travail à la voiture a commencé', unit_travels: 'l’unité roule', unit_arrived: 'l’unité est arrivée', target_reached: 'autant que demandé', no_stop: 'énergie pour personne de connu',
    stop_is_over: 'l’arrêt est terminé', car_takes_nothing: 'la voiture ne prend rien', crew_stops: 'l’équipe l’arrête', unit_fault: 'défaut', charger_fault: 'défaut de la borne',
  },
  sessions: 'Charges',
  noSessions: 'Aucune énergie n’a encore coulé ici.',
  columns: { at: 'Heure', what: 'Quoi', who: 'Qui', why: 'Raison', state: 'Réponse', energy: 'Énergie', power: 'Puissance', level: 'Voiture', marks: 'Remarques' },
  flags,
  running: 'en cours',
  left: (time) => `encore ${time}`,
  photo: 'photo du compteur',
  messages: 'Journal',
  noMessages: 'Elle n’a encore rien dit.',
  said: 'Elle a dit',
  told: 'Nous avons dit',
  answered: 'Réponse',
  unnamed: 'aucun message de la norme',
};
