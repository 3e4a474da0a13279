/**
 * What a setting that is itself JSON says; nothing where there is none, or where it is no JSON.
 * @typeParam T what AWS documents of it, no part of which is sure to be there
 */
export function parsedJson<T extends object>(text: string | undefined): Partial<T> {
  try {
    return (JSON.parse(text ?? '{}') as Partial<T> | null) ?? {};
  } catch {
    return {};
  }
}
