import type { landing as english } from '../en/landing';

export const landing: typeof english = {
  title: 'La recharge qui vient à la voiture',
  lead: 'Demandez de l’énergie là où la voiture est garée. Fourgons et robots l’apportent ; chaque plan est vérifié avant le départ.',
  doors: {
    driver: { title: 'Conducteur', text: 'Placez la voiture, choisissez une offre, suivez le fourgon.', go: 'Ouvrir la page conducteur' },
    dispatcher: { title: 'Régulateur', text: 'Chaque unité, demande et batterie, en direct sur un écran.', go: 'Ouvrir la console' },
    crew: { title: 'Équipe', text: 'Le prochain arrêt, et le seul bouton qu’il faut.', go: 'Ouvrir la page équipe' },
  },
  oneClick: 'Un clic vous connecte à la démo.',
  signedIn: (name) => `Connecté : ${name}`,
  docs: 'Documentation de l’API',
  schema: 'Schéma',
  how: {
    title: 'Comment ça marche',
    steps: [
      'Un conducteur dit où la voiture est garée et combien d’énergie elle veut.',
      'En une seconde, chaque unité est interrogée ; chaque offre est prouvée dans le plan en cours.',
      'Le plan s’améliore en arrière-plan et ne rompt jamais une promesse.',
      'Les unités disent où elles sont et ce qu’elles livrent ; chaque écran le voit en direct.',
    ],
  },
  programs: { title: 'Pour les programmes', text: 'Tout ce que font ces pages passe par une API documentée. Les bornes parlent OCPP.' },
  state: {
    title: 'État du système',
    good: 'Tout fonctionne',
    bad: 'Quelque chose est en panne',
    unknown: 'Vérification…',
    partDown: 'en panne',
    parts: { database: 'Base de données', valkey: 'Messages', writes: 'Écriture', roads: 'Routes', planner: 'Planification', world: 'Unités', quote: 'Offres', ocpp: 'Bornes' },
  },
  world: (area, time, speed) => `${area}, ${time}. Le temps y passe ${speed} fois plus vite que le vôtre.`,
};
