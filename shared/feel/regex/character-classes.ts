import type { SetMember } from "./syntax.ts";

/**
 * Unicode blocks by the names XML Schema gives them: the first code point, in hexadecimal, and the names. A block ends
 * before the next line's; a line without a name is between blocks.
 */
const BLOCKS = `0 BasicLatin
80 Latin-1Supplement
100 LatinExtended-A
180 LatinExtended-B
250 IPAExtensions
2B0 SpacingModifierLetters
300 CombiningDiacriticalMarks
370 Greek GreekandCoptic
400 Cyrillic
500 CyrillicSupplement
530 Armenian
590 Hebrew
600 Arabic
700 Syriac
750
780 Thaana
7C0
900 Devanagari
980 Bengali
A00 Gurmukhi
A80 Gujarati
B00 Oriya
B80 Tamil
C00 Telugu
C80 Kannada
D00 Malayalam
D80 Sinhala
E00 Thai
E80 Lao
F00 Tibetan
1000 Myanmar
10A0 Georgian
1100 HangulJamo
1200 Ethiopic
1380
13A0 Cherokee
1400 UnifiedCanadianAboriginalSyllabics
1680 Ogham
16A0 Runic
1700
1780 Khmer
1800 Mongolian
18B0
1E00 LatinExtendedAdditional
1F00 GreekExtended
2000 GeneralPunctuation
2070 SuperscriptsandSubscripts
20A0 CurrencySymbols
20D0 CombiningMarksforSymbols CombiningDiacriticalMarksforSymbols
2100 LetterlikeSymbols
2150 NumberForms
2190 Arrows
2200 MathematicalOperators
2300 MiscellaneousTechnical
2400 ControlPictures
2440 OpticalCharacterRecognition
2460 EnclosedAlphanumerics
2500 BoxDrawing
2580 BlockElements
25A0 GeometricShapes
2600 MiscellaneousSymbols
2700 Dingbats
27C0
2800 BraillePatterns
2900
2E80 CJKRadicalsSupplement
2F00 KangxiRadicals
2FE0
2FF0 IdeographicDescriptionCharacters
3000 CJKSymbolsandPunctuation
3040 Hiragana
30A0 Katakana
3100 Bopomofo
3130 HangulCompatibilityJamo
3190 Kanbun
31A0 BopomofoExtended
31C0
3200 EnclosedCJKLettersandMonths
3300 CJKCompatibility
3400 CJKUnifiedIdeographsExtensionA
4DC0
4E00 CJKUnifiedIdeographs
A000 YiSyllables
A490 YiRadicals
A4D0
AC00 HangulSyllables
D7B0
E000 PrivateUse
F900 CJKCompatibilityIdeographs
FB00 AlphabeticPresentationForms
FB50 ArabicPresentationForms-A
FE00
FE20 CombiningHalfMarks
FE30 CJKCompatibilityForms
FE50 SmallFormVariants
FE70 ArabicPresentationForms-B
FF00 HalfwidthandFullwidthForms
FFF0 Specials
10000`;

const CATEGORY = /^(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdseifo]?|Z[slp]?|S[mcko]?|C[cfon]?)$/;

/** `\p{name}`: a general category or, with Is, a block. Undefined if there is no such one. */
export function propertyNamed(name: string, negated: boolean): SetMember | undefined {
  if (CATEGORY.test(name)) return { kind: "property", matches: new RegExp(`^\\p{${name}}$`, "u"), negated };
  if (!name.startsWith("Is")) return undefined;
  const lines = BLOCKS.split("\n");
  const index = lines.findIndex((line) => line.split(" ").indexOf(name.slice(2)) > 0);
  if (index < 0) return undefined;
  const [from, next] = lines.slice(index).map((line) => Number.parseInt(line, 16));
  const last = (next ?? 0) - 1;
  const matches = new RegExp(`^[\\u{${from?.toString(16)}}-\\u{${last.toString(16)}}]$`, "u");
  return { kind: "property", matches, negated };
}

const NAME_START =
  ":A-Z_a-z\\xC0-\\xD6\\xD8-\\xF6\\xF8-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}-\\u{200D}\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}";

let shorthands: Readonly<Record<string, RegExp>> | undefined;

/** `\s \d \w \i \c` by XML Schema's definitions; the capital letter is the complement. */
export function shorthand(letter: string): SetMember | undefined {
  shorthands ??= {
    s: /^[ \t\n\r]$/,
    d: /^\p{Nd}$/u,
    w: /^[^\p{P}\p{Z}\p{C}]$/u,
    i: new RegExp(`^[${NAME_START}]$`, "u"),
    c: new RegExp(`^[${NAME_START}\\-.0-9\\xB7\\u{300}-\\u{36F}\\u{203F}-\\u{2040}]$`, "u"),
  };
  const lower = letter.toLowerCase();
  const matches = Object.hasOwn(shorthands, lower) ? shorthands[lower] : undefined;
  return matches && { kind: "property", matches, negated: lower !== letter };
}
