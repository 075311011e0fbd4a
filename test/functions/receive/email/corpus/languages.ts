/** What mail programs of a language write around a mail that is answered, as each of them does. */
export type Language = {
  readonly code: string;
  readonly answers: readonly string[];
  /** `On Mon, Nov 30, 2026 at 10:00 AM Corner Shop <...> wrote:` */
  readonly gmail: string;
  readonly apple: string;
  /** No address in it. */
  readonly thunderbird: string;
  readonly yahoo: string;
  readonly proton: string;
  readonly headers: {
    readonly from: string;
    readonly date: string;
    readonly to: string;
    readonly subject: string;
  };
  /** When, as Outlook writes it. */
  readonly when: string;
  readonly original: string;
  readonly phone: string;
  readonly outlookPhone: string;
};

const SHOP = "Corner Shop <hello@corner.example>";

export const LANGUAGES: readonly Language[] = [
  {
    code: "en",
    answers: [
      "Yes, please keep it.",
      "Hello,\n\ntwo questions:\n1. is it still there?\n2. does it come in blue?\n\nBest regards\nKim",
      "No thanks. I wrote to you on 3 May: nobody answered.",
    ],
    gmail: `On Mon, Nov 30, 2026 at 10:00 AM ${SHOP} wrote:`,
    apple: `On 30 Nov 2026, at 10:00, ${SHOP} wrote:`,
    thunderbird: "On 30/11/2026 10:00, Corner Shop wrote:",
    yahoo: `On Monday, November 30, 2026 at 10:00:00 AM GMT+1, ${SHOP} wrote:`,
    proton: `On Monday, November 30th, 2026 at 10:00 AM, ${SHOP} wrote:`,
    headers: { from: "From", date: "Sent", to: "To", subject: "Subject" },
    when: "Monday, November 30, 2026 10:00 AM",
    original: "Original Message",
    phone: "Sent from my iPhone",
    outlookPhone: "Get Outlook for iOS",
  },
  {
    code: "de",
    answers: [
      "Ja, bitte aufheben.",
      "Guten Tag,\n\nich habe zwei Fragen:\n- Gibt es das noch?\n- Auch in Blau?\n\nViele Grüße\nKim",
      "Nein danke. Am 3. Mai schrieb ich schon: keine Antwort.",
    ],
    gmail: `Am Mo., 30. Nov. 2026 um 10:00 Uhr schrieb ${SHOP}:`,
    apple: `Am 30.11.2026 um 10:00 schrieb ${SHOP}:`,
    thunderbird: "Am 30.11.2026 um 10:00 schrieb Corner Shop:",
    yahoo: `Am Montag, 30. November 2026 um 10:00:00 MEZ hat ${SHOP} Folgendes geschrieben:`,
    proton: `Am Montag, 30. November 2026 um 10:00, schrieb ${SHOP}:`,
    headers: { from: "Von", date: "Gesendet", to: "An", subject: "Betreff" },
    when: "Montag, 30. November 2026 10:00",
    original: "Ursprüngliche Nachricht",
    phone: "Von meinem iPhone gesendet",
    outlookPhone: "Outlook für iOS beziehen",
  },
  {
    code: "fr",
    answers: [
      "Oui, gardez-le s'il vous plaît.",
      "Bonjour,\n\nj'ai deux questions :\n1. est-il toujours là ?\n2. existe-t-il en bleu ?\n\nCordialement\nKim",
      "Non merci. J'ai écrit le 3 mai : pas de réponse.",
    ],
    gmail: `Le lun. 30 nov. 2026 à 10:00, ${SHOP} a écrit :`,
    apple: `Le 30 nov. 2026 à 10:00, ${SHOP} a écrit :`,
    thunderbird: "Le 30/11/2026 à 10:00, Corner Shop a écrit :",
    yahoo: `Le lundi 30 novembre 2026 à 10:00:00 UTC+1, ${SHOP} a écrit :`,
    proton: `Le lundi 30 novembre 2026 à 10:00, ${SHOP} a écrit :`,
    headers: { from: "De", date: "Envoyé", to: "À", subject: "Objet" },
    when: "lundi 30 novembre 2026 10:00",
    original: "Message d'origine",
    phone: "Envoyé de mon iPhone",
    outlookPhone: "Télécharger Outlook pour iOS",
  },
  {
    code: "es",
    answers: [
      "Sí, guárdenlo por favor.",
      "Buenos días:\n\ntengo dos preguntas:\n1. ¿sigue ahí?\n2. ¿lo hay en azul?\n\nSaludos\nKim",
      "No, gracias. Escribí el 3 de mayo: nadie respondió.",
    ],
    gmail: "El lun, 30 nov 2026 a las 10:00, Corner Shop (<hello@corner.example>) escribió:",
    apple: `El 30 nov 2026, a las 10:00, ${SHOP} escribió:`,
    thunderbird: "El 30/11/2026 a las 10:00, Corner Shop escribió:",
    yahoo: `El lunes, 30 de noviembre de 2026, 10:00:00 CET, ${SHOP} escribió:`,
    proton: `El lunes, 30 de noviembre de 2026 a las 10:00, ${SHOP} escribió:`,
    headers: { from: "De", date: "Enviado", to: "Para", subject: "Asunto" },
    when: "lunes, 30 de noviembre de 2026 10:00",
    original: "Mensaje original",
    phone: "Enviado desde mi iPhone",
    outlookPhone: "Obtener Outlook para iOS",
  },
  {
    code: "it",
    answers: [
      "Sì, tenetelo per favore.",
      "Buongiorno,\n\nho due domande:\n1. c'è ancora?\n2. esiste in blu?\n\nCordiali saluti\nKim",
      "No grazie. Ho scritto il 3 maggio: nessuna risposta.",
    ],
    gmail: `Il giorno lun 30 nov 2026 alle ore 10:00 ${SHOP} ha scritto:`,
    apple: `Il giorno 30 nov 2026, alle ore 10:00, ${SHOP} ha scritto:`,
    thunderbird: "Il 30/11/2026 10:00, Corner Shop ha scritto:",
    yahoo: `Il lunedì 30 novembre 2026 alle ore 10:00:00 CET, ${SHOP} ha scritto:`,
    proton: `Il lunedì 30 novembre 2026 alle 10:00, ${SHOP} ha scritto:`,
    headers: { from: "Da", date: "Inviato", to: "A", subject: "Oggetto" },
    when: "lunedì 30 novembre 2026 10:00",
    original: "Messaggio originale",
    phone: "Inviato da iPhone",
    outlookPhone: "Scarica Outlook per iOS",
  },
  {
    code: "nl",
    answers: [
      "Ja, bewaar het alstublieft.",
      "Hallo,\n\nik heb twee vragen:\n1. is het er nog?\n2. is er ook een blauwe?\n\nMet vriendelijke groet\nKim",
      "Nee bedankt. Op 3 mei schreef ik al: geen antwoord.",
    ],
    gmail: `Op ma 30 nov 2026 om 10:00 schreef ${SHOP}:`,
    apple: `Op 30 nov 2026 om 10:00 heeft ${SHOP} het volgende geschreven:`,
    thunderbird: "Op 30-11-2026 om 10:00 schreef Corner Shop:",
    yahoo: `Op maandag 30 november 2026 om 10:00:00 CET schreef ${SHOP}:`,
    proton: `Op maandag 30 november 2026 om 10:00, schreef ${SHOP}:`,
    headers: { from: "Van", date: "Verzonden", to: "Aan", subject: "Onderwerp" },
    when: "maandag 30 november 2026 10:00",
    original: "Oorspronkelijk bericht",
    phone: "Verstuurd vanaf mijn iPhone",
    outlookPhone: "Outlook voor iOS downloaden",
  },
  {
    code: "pt",
    answers: [
      "Sim, por favor guardem.",
      "Bom dia,\n\ntenho duas perguntas:\n1. ainda existe?\n2. há em azul?\n\nCumprimentos\nKim",
      "Não, obrigada. Escrevi no dia 3 de maio: ninguém respondeu.",
    ],
    gmail: `Em seg., 30 de nov. de 2026 às 10:00, ${SHOP} escreveu:`,
    apple: `Em 30 de nov. de 2026, à(s) 10:00, ${SHOP} escreveu:`,
    thunderbird: "Em 30/11/2026 10:00, Corner Shop escreveu:",
    yahoo: `Em segunda-feira, 30 de novembro de 2026 às 10:00:00 BRT, ${SHOP} escreveu:`,
    proton: `Em segunda-feira, 30 de novembro de 2026 às 10:00, ${SHOP} escreveu:`,
    headers: { from: "De", date: "Enviado", to: "Para", subject: "Assunto" },
    when: "segunda-feira, 30 de novembro de 2026 10:00",
    original: "Mensagem original",
    phone: "Enviado do meu iPhone",
    outlookPhone: "Obter o Outlook para iOS",
  },
  {
    code: "ja",
    answers: [
      "はい、取っておいてください。",
      "こんにちは。\n\n質問が二つあります：\n1. まだありますか？\n2. 青もありますか？\n\nよろしくお願いします\nKim",
      "いいえ、結構です。5月3日に連絡しました。返事がありません。",
    ],
    gmail: "2026年11月30日(月) 10:00 Corner Shop <hello@corner.example>:",
    apple: "2026/11/30 10:00、Corner Shop <hello@corner.example>のメール:",
    thunderbird: "On 2026/11/30 10:00, Corner Shop wrote:",
    yahoo: "2026年11月30日月曜日 10:00:00 JST、Corner Shop <hello@corner.example> のメッセージ:",
    proton: "2026年11月30日月曜日 10:00、Corner Shop <hello@corner.example> のメッセージ：",
    headers: { from: "差出人", date: "送信日時", to: "宛先", subject: "件名" },
    when: "2026年11月30日 10:00",
    original: "元のメッセージ",
    phone: "iPhoneから送信",
    outlookPhone: "Outlook for iOSを入手",
  },
];
