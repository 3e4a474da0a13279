/** Attributes with user data. */
const USER_DATA: ReadonlySet<string> = new Set(['user_data', 'user_data_base64']);

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/**
 * What a text of a state says: user data may be in base64 there, and is in launch templates. Any other text, and what is
 * compressed, is returned as it is.
 * Source: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html
 */
export function plainText(attribute: string, text: string): string {
  if (!USER_DATA.has(attribute) || !BASE64.test(text)) return text;
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  // What is no text has bytes that are no UTF-8.
  return decoded.includes('\uFFFD') ? text : decoded;
}
