/** Pages of a call for which the SDK has no paginator: each is asked for by the token of the one before. */
export async function* pagesByToken<Page>(
  page: (token: string | undefined) => Promise<Page>,
  next: (page: Page) => string | undefined,
): AsyncIterable<Page> {
  let token: string | undefined;
  do {
    const answer = await page(token);
    yield answer;
    token = next(answer);
  } while (token !== undefined && token !== '');
}
