/*
 * Words that the law gives a meaning when somebody writes them alone: in all languages that the hub speaks, whatever the
 * brand's own is, for whoever wants to be left alone need not say so in ours. Folded as `folded` folds.
 */

/** 47 CFR 64.1200(a)(10), CTIA's guidelines, and what carriers take themselves. */
export const STOP: readonly string[] = [
  ..."stop,stopall,stop all,end,quit,cancel,unsubscribe,revoke,remove,optout,opt out,td".split(","),
  ..."stop sms,stop text,stop texts,stop texting,stop messages,stop it,remove me,opt me out".split(","),
  ..."stopp,abmelden,abbestellen,austragen,aufhoren,schluss".split(","),
  ..."arret,arreter,arretez,desabonner,desabonnement,desinscrire,desinscription,fin".split(","),
  ..."alto,parar,pare,baja,cancelar,detener,dar de baja,fuera,basta".split(","),
  ..."ferma,fermati,annulla,cancella,cancellami,disiscrivi,disiscrivimi".split(","),
  ..."afmelden,uitschrijven,stoppen,opzeggen".split(","),
  ..."sluta,avsluta,avregistrera,avanmal,avanmalan".split(","),
];

export const START: readonly string[] = [
  ..."start,unstop,subscribe,resume,optin,opt in,opt me in".split(","),
  ..."anmelden,starten".split(","),
  ..."demarrer,commencer,reprendre,abonner".split(","),
  ..."iniciar,comenzar,alta,suscribir".split(","),
  ..."inizia,attiva,riprendi,iscrivi".split(","),
  ..."aanmelden,hervatten".split(","),
  ..."starta,borja,anmalan".split(","),
];

export const HELP: readonly string[] = [
  ..."help,info,information".split(","),
  ..."hilfe,aide,ayuda,aiuto,hulp,hjalp".split(","),
];

/** What people put around a word out of politeness. */
export const POLITE: readonly string[] = [
  ..."please,pls,plz,thanks,thank you,thx,now,hi,hello,hey,ok".split(","),
  ..."bitte,danke,hallo,sofort".split(","),
  ..."svp,s il vous plait,s il te plait,merci,bonjour".split(","),
  ..."por favor,gracias,hola".split(","),
  ..."per favore,grazie,ciao".split(","),
  ..."alstublieft,aub,bedankt,dank u".split(","),
  ..."tack,snalla".split(","),
];

/**
 * How people say it in words of their own: 47 CFR 64.1200(a)(10) has any reasonable means count. Each is looked for in folded
 * text, where words are apart by one blank; what lies between two words is bounded.
 */
export const REVOCATIONS: readonly RegExp[] = [
  // English
  /\b(?:stop|quit|cease) (?:\w+ ){0,3}(?:text|message|messag|sms|send|contact|spam|bother|email|writ)/,
  /\b(?:do not|don t|dont|never|no longer) (?:\w+ ){0,2}(?:text|message|sms|send|contact|write|email|bother) (?:\w+ ){0,2}(?:me|us|this number|again|any ?more)\b/,
  /\b(?:do not|don t|dont|no longer) want (?:\w+ ){0,5}(?:texts?|messages?|sms|to hear)\b/,
  /\bno more (?:\w+ ){0,2}(?:texts?|messages?|sms|ads|marketing)\b/,
  /\b(?:remove|delete|take|get) (?:me|my number|this number) (?:\w+ ){0,3}(?:off|from|out)\b/,
  /\b(?:unsubscribe me|opt me out|opting out|i opt out|want to opt out|i revoke|leave me alone)\b/,
  // German
  /\bkeine (?:\w+ ){0,2}(?:sms|nachrichten|werbung|texte|mails?) mehr\b/,
  /\b(?:schreib|schick|send|kontaktier)\w* (?:sie )?(?:mir|mich|uns) (?:\w+ ){0,2}(?:nicht|nichts|keine)\b/,
  /\bnicht(?:s)? mehr (?:\w+ ){0,2}(?:schreiben|schicken|senden|anschreiben|kontaktieren|belastigen)\b/,
  /\b(?:lasst|lass|lassen sie) mich in ruhe\b/,
  /\b(?:melden sie mich|meldet mich|meld mich|ich mochte mich|ich will mich) (?:\w+ ){0,2}(?:ab|abmelden)\b/,
  // French
  /\bne (?:m|me|nous) ?(?:envoy|ecriv|contact)\w* plus\b/,
  /\b(?:arret|cess)\w* de (?:m|me|nous)? ?(?:envoy|ecri|contact|spam|harcel)/,
  /\b(?:je ne veux plus|plus de (?:sms|messages|pub)|desabonnez moi|desinscrivez moi|laissez moi tranquille)\b/,
  // Spanish
  /\bno (?:me|nos) (?:\w+ ){0,1}(?:envi|escrib|mand|contact|molest)\w* mas\b/,
  /\bdej(?:en|e|a|ad) de (?:enviar|escribir|mandar|contactar|molestar)/,
  /\b(?:no quiero (?:recibir )?mas|denme de baja|darme de baja|dejenme en paz)\b/,
  // Italian
  /\bnon (?:mi |ci )?(?:mandat|inviat|scriv|contatt)\w* (?:mi )?piu\b/,
  /\b(?:smett|basta)\w* (?:di )?(?:mandar|inviar|scriver|contattar|messaggi|sms)/,
  /\b(?:non voglio (?:\w+ ){0,2}piu|cancellatemi|lasciatemi in pace)\b/,
  // Dutch
  /\b(?:stuur|stuurt|schrijf|sms) (?:mij|me|ons) (?:\w+ ){0,2}(?:niet|geen|niets)\b/,
  /\bgeen (?:\w+ ){0,2}(?:sms|smsjes|berichten|reclame) meer\b/,
  /\b(?:laat me met rust|schrijf me uit|meld me af)\b/,
  // Swedish
  /\bsluta (?:\w+ ){0,2}(?:skicka|sms|messa|skriva|kontakta|hora)/,
  /\binga fler (?:\w+ ){0,1}(?:sms|meddelanden)\b/,
  /\b(?:skicka|skriv|kontakta) (?:mig )?(?:inte|inga|inget)\b/,
  /\b(?:avregistrera mig|lamna mig i fred)\b/,
];

/** Somebody asks about it, or says the contrary: the words alone are no wish. */
export const NOT_MEANT: readonly RegExp[] = [
  /\b(?:do not|don t|dont|never|didn t|did not|why did you|why have you|cannot|can t|cant) (?:\w+ ){0,1}(?:stop|quit|unsubscribe|remove)\b/,
  /\b(?:nicht|nie) aufhoren\b/,
];
