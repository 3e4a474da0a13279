/**
 * Characters that are not seen, or that change how others are shown: controls, bidirectional marks, joiners, blanks that
 * look like a space, what is no character at all. XML 1.0 forbids some of them, and a terminal obeys others.
 * Source: https://www.w3.org/TR/xml/#charsets and https://www.unicode.org/reports/tr44/#General_Category_Values
 */
const UNSEEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]|(?! )\p{White_Space}/gu;

const SHORT: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** A text of one line that shows every character it has: what is not seen is spelled out, like `\u200b`. */
export function printable(text: string): string {
  return text.replace(UNSEEN, (character) => SHORT[character] ?? spelled(character));
}

function spelled(character: string): string {
  const code = (character.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\u{${code}}` : `\\u${code.padStart(4, '0')}`;
}
