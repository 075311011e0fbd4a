import type { Words } from "./en.ts";

export const SPANISH: Words = {
  unsubscribe: "Darse de baja",
  preferencesLink: "Preferencias",
  unsubscribeFrom: "¿Ya no desea recibir este tipo de mensajes nuestros?",
  confirm: "Sí, darme de baja",
  done: "Se ha dado de baja",
  doneText: "No le enviaremos más mensajes de este tipo.",
  subscribe: "Confirme, por favor",
  subscribeTo: "¿Desea recibir esto de nosotros?",
  subscribeNow: "Sí, deseo recibirlo",
  subscribed: "Gracias",
  subscribedText: "Ha confirmado. Puede cambiar de opinión en cualquier momento.",
  preferences: "Sus preferencias",
  preferencesText: "Elija qué podemos enviarle y cómo.",
  save: "Guardar",
  nothing: "Nada, por favor",
  saved: "Su elección está guardada.",
  forged: "Este enlace no funciona",
  forgedText:
    "Falta una parte de la dirección o se ha modificado. Use el enlace tal como aparece en el mensaje.",
  expired: "Este enlace es demasiado antiguo",
  expiredText: "Use el enlace de un mensaje más reciente o escríbanos.",
  gone: "No queda nada que cambiar",
  goneText: "Ya no conservamos ningún dato suyo.",
  askSubject: "Confirme que {brand} puede escribirle",
  asked: "Alguien pidió a {brand} que le escriba aquí: {topics}.",
  askConfirm: "Si fue usted, confírmelo:",
  askElse: "Si no, no haga nada y no recibirá nada de este tipo.",
  stopped:
    "{brand}: se ha dado de baja y no recibirá más mensajes aquí. Responda START para volver a recibirlos.",
  started: "{brand}: vuelve a recibir mensajes aquí. AYUDA para ayuda, STOP para terminar.",
  helped: "{brand}: ¿preguntas? {contact}. Responda STOP para no recibir más mensajes aquí.",
  codeSubject: "{code} es su código para {brand}",
  codeText:
    "{code} es su código para {brand}. Vale {minutes} minutos. No se lo diga a nadie, tampoco a nosotros.",
};
