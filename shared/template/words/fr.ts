import type { Words } from "./en.ts";

export const FRENCH: Words = {
  unsubscribe: "Se désabonner",
  preferencesLink: "Préférences",
  unsubscribeFrom: "Ne souhaitez-vous plus recevoir ce type de message de notre part ?",
  confirm: "Oui, me désabonner",
  done: "Vous êtes désabonné",
  doneText: "Nous ne vous enverrons plus ce type de message.",
  subscribe: "Veuillez confirmer",
  subscribeTo: "Souhaitez-vous recevoir ceci de notre part ?",
  subscribeNow: "Oui, volontiers",
  subscribed: "Merci",
  subscribedText: "Vous avez confirmé. Vous pouvez changer d'avis à tout moment.",
  preferences: "Vos préférences",
  preferencesText: "Choisissez ce que nous pouvons vous envoyer, et comment.",
  save: "Enregistrer",
  nothing: "Rien du tout, s'il vous plaît",
  saved: "Votre choix est enregistré.",
  forged: "Ce lien ne fonctionne pas",
  forgedText:
    "Une partie de l'adresse manque ou a été modifiée. Veuillez utiliser le lien tel qu'il figure dans le message.",
  expired: "Ce lien est trop ancien",
  expiredText: "Veuillez utiliser le lien d'un message plus récent, ou nous écrire.",
  gone: "Il n'y a plus rien à modifier",
  goneText: "Nous ne conservons plus aucune donnée vous concernant.",
  askSubject: "Veuillez confirmer que {brand} peut vous écrire",
  asked: "Quelqu'un a demandé à {brand} de vous écrire ici : {topics}.",
  askConfirm: "Si c'était vous, veuillez confirmer :",
  askElse: "Sinon, ne faites rien, et rien de tel ne vous parviendra.",
  stopped:
    "{brand} : vous êtes désabonné et ne recevrez plus de messages ici. Répondez START pour reprendre.",
  started: "{brand} : vous recevez de nouveau des messages ici. AIDE pour de l'aide, STOP pour arrêter.",
  helped: "{brand} : des questions ? {contact}. Répondez STOP pour ne plus recevoir de messages ici.",
  codeSubject: "{code} est votre code pour {brand}",
  codeText:
    "{code} est votre code pour {brand}. Il est valable {minutes} minutes. Ne le donnez à personne, pas même à nous.",
};
