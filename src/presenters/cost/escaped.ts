const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for the content or a quoted attribute of HTML: names and tags come from whoever may set them. */
export function escaped(text: string): string {
  // HTML allows no control characters but these three.
  return text.replace(/[^\P{Cc}\t\n\r]/gu, '\uFFFD').replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}
